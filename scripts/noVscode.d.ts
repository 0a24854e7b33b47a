// `paths` maps the module "vscode" here in every project that must not see it.
export {};
