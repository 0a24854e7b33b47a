// Entry of a page without a surface: lays rows out, and says what came of it.
import { smallLayoutFingerprint } from '../unit/embedding/layout/pinnedLayout';

document.title = smallLayoutFingerprint();
