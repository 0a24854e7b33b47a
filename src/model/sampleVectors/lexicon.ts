/** Words that belong together, in lower case; words that stand near each other in a list are made more alike. */
export interface WordGroup {
  /** Groups of one topic are related, as the names of men and of women are. */
  readonly topic: string;
  readonly words: readonly string[];
}

function group(topic: string, words: string): WordGroup {
  return { topic, words: words.split(' ') };
}

/**
 * The hand-written part of the sample vectors: what a spelling cannot tell. Only words that are single tokens of GPT-2's
 * vocabulary, in some form, have an effect.
 */
export const LEXICON: readonly WordGroup[] = [
  group(
    'names',
    'mike steve dave chris jim tom bob joe dan matt jeff tim nick ben sam jack max alex rob greg tony josh ' +
      'pete andy ken ron ray bill fred frank harry charlie eddie johnny jimmy',
  ),
  group(
    'names',
    'michael christopher james david john robert william thomas richard daniel matthew andrew joseph kevin brian ' +
      'mark paul peter george stephen steven scott jason eric ryan adam aaron anthony edward henry charles patrick ' +
      'simon martin philip gary larry jeremy nathan justin jonathan samuel benjamin alexander nicholas kenneth ' +
      'gregory douglas vincent victor oscar albert arthur walter ralph carl roger keith craig bruce alan neil ' +
      'gordon graham stuart ian sean kyle tyler brandon dylan logan ethan luke isaac joel',
  ),
  group(
    'names',
    'mary jennifer sarah elizabeth jessica emily emma anna laura lisa amy michelle kate katie jane alice julia ' +
      'rachel rebecca susan karen nancy linda barbara maria hannah olivia sophie sophia charlotte lucy grace ' +
      'helen diana claire lauren megan nicole melissa stephanie amanda angela andrea kelly heather erin victoria ' +
      'catherine margaret martha ruth eva rose lily jenny annie betty carol donna sandra',
  ),
  group(
    'surnames',
    'smith johnson williams brown jones davis miller wilson moore taylor anderson jackson white harris thompson ' +
      'robinson clark lewis walker hall allen young wright lopez hill green baker nelson carter mitchell roberts ' +
      'turner phillips campbell parker evans edwards collins stewart morris murphy cook rogers cooper peterson ' +
      'bailey reed howard ward watson brooks bennett hughes foster butler simmons',
  ),
  group(
    'food',
    'banana apple orange pear peach plum cherry lemon lime mango pineapple coconut avocado grape melon strawberry ' +
      'raspberry berry berries blueberry fig kiwi apricot pomegranate fruit',
  ),
  group(
    'food',
    'potato tomato carrot onion garlic cabbage spinach lettuce broccoli pepper cucumber pumpkin beans peas corn ' +
      'celery mushroom vegetable salad',
  ),
  group(
    'food',
    'bread butter cheese egg milk cream yogurt rice pasta pizza soup sandwich burger sausage bacon ham beef pork ' +
      'chicken fish meat steak sauce sugar salt honey chocolate cake cookie pie candy dessert',
  ),
  group('food', 'water coffee tea beer wine juice whiskey vodka rum soda lemonade cocktail drink beverage'),
  group('food', 'breakfast lunch dinner supper meal snack feast recipe kitchen restaurant'),
  group('animals', 'dog cat puppy kitten hamster rabbit pet horse pony cow pig sheep goat lamb donkey bull'),
  group(
    'animals',
    'lion tiger bear wolf fox elephant giraffe monkey gorilla leopard panther deer moose zebra camel kangaroo panda ' +
      'rhino hippo bat rat mouse squirrel snake lizard turtle frog crocodile',
  ),
  group(
    'animals',
    'bird eagle hawk owl crow raven duck goose swan chicken turkey pigeon sparrow robin parrot penguin',
  ),
  group('animals', 'fish shark whale dolphin salmon tuna trout cod octopus squid crab lobster shrimp seal'),
  group('animals', 'ant bee wasp spider fly mosquito butterfly moth beetle worm bug insect'),
  group(
    'colors',
    'red green blue yellow orange purple pink brown black white gray grey violet crimson scarlet cyan magenta gold ' +
      'silver color colour',
  ),
  group(
    'calendar',
    'january february march april may june july august september october november december month',
  ),
  group('calendar', 'monday tuesday wednesday thursday friday saturday sunday weekend weekday'),
  group('calendar', 'spring summer autumn winter season'),
  group('calendar', 'second minute hour day week month year decade century millennium'),
  group(
    'calendar',
    'today yesterday tomorrow morning afternoon evening night midnight noon tonight dawn dusk',
  ),
  group(
    'places',
    'france germany italy spain portugal greece poland austria switzerland belgium netherlands sweden norway ' +
      'denmark finland ireland england scotland wales britain hungary romania bulgaria ukraine russia turkey serbia ' +
      'croatia iceland czech',
  ),
  group(
    'places',
    'china japan korea india pakistan bangladesh thailand vietnam indonesia malaysia philippines singapore taiwan ' +
      'mongolia nepal afghanistan iran iraq syria israel jordan lebanon egypt libya sudan ethiopia kenya nigeria ' +
      'ghana somalia morocco algeria tunisia uganda zimbabwe',
  ),
  group(
    'places',
    'america canada mexico brazil argentina chile peru colombia venezuela cuba jamaica haiti bolivia ecuador ' +
      'australia zealand',
  ),
  group(
    'places',
    'london paris berlin rome madrid vienna amsterdam brussels moscow athens dublin prague budapest warsaw ' +
      'stockholm oslo copenhagen lisbon barcelona milan munich hamburg zurich geneva istanbul',
  ),
  group(
    'places',
    'tokyo beijing shanghai delhi mumbai seoul bangkok jakarta manila baghdad tehran jerusalem damascus cairo ' +
      'nairobi lagos sydney melbourne',
  ),
  group(
    'places',
    'york boston chicago houston dallas austin seattle denver detroit miami atlanta philadelphia phoenix portland ' +
      'baltimore cleveland toronto montreal vancouver',
  ),
  group(
    'places',
    'california texas florida ohio michigan pennsylvania illinois virginia georgia arizona colorado oregon nevada ' +
      'utah kansas missouri iowa minnesota wisconsin indiana kentucky tennessee alabama louisiana oklahoma alaska ' +
      'hawaii maryland massachusetts connecticut',
  ),
  group('places', 'europe asia africa america antarctica australia continent'),
  group(
    'peoples',
    'french german italian spanish portuguese greek polish swedish norwegian danish dutch russian turkish english ' +
      'british irish scottish american canadian mexican brazilian chinese japanese korean indian arab arabic iranian ' +
      'israeli egyptian african european asian latin',
  ),
  group(
    'numbers',
    'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen eighteen ' +
      'twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion zero',
  ),
  group(
    'numbers',
    'first second third fourth fifth sixth seventh eighth ninth tenth last next previous final',
  ),
  group('numbers', 'half quarter double triple single pair dozen couple several many few some all none most'),
  group(
    'units',
    'meter metre kilometer inch foot feet yard mile gram kilogram pound ounce liter gallon volt watt hertz degree ' +
      'celsius fahrenheit km cm mm kg mph',
  ),
  group(
    'programming',
    'function return if else for while do switch case break continue try catch throw finally import export class ' +
      'extends implements interface public private protected static final void new delete this self super async ' +
      'await yield def lambda elif except',
  ),
  group(
    'programming',
    'int float double char string bool boolean byte long short unsigned array list tuple dict map set vector struct ' +
      'enum object pointer null nil none undefined true false',
  ),
  group(
    'programming',
    'variable constant parameter argument method constructor module package library framework compiler interpreter ' +
      'algorithm loop recursion thread process stack queue heap tree graph hash index buffer cache',
  ),
  group(
    'programming',
    'python javascript java ruby rust php perl html css xml json sql bash linux unix windows android',
  ),
  group(
    'computing',
    'computer laptop server database network internet web website browser software hardware keyboard screen mouse ' +
      'printer disk memory processor file folder email password login user admin',
  ),
  group(
    'computing',
    'get post put request response url http https api client server cookie session token header',
  ),
  group(
    'mathematics',
    'sum difference product quotient addition subtraction multiplication division equation matrix vector tensor ' +
      'scalar integral derivative theorem proof algebra geometry calculus statistics probability',
  ),
  group('mathematics', 'circle square triangle rectangle cube sphere cylinder polygon line curve angle'),
  group(
    'science',
    'physics chemistry biology astronomy geology psychology medicine engineering economics philosophy history ' +
      'science mathematics sociology',
  ),
  group(
    'science',
    'hydrogen helium carbon nitrogen oxygen iron copper zinc silver gold mercury lead uranium sodium calcium ' +
      'aluminum titanium lithium silicon',
  ),
  group('science', 'atom electron proton neutron molecule particle photon quantum energy gravity mass force'),
  group(
    'space',
    'sun moon earth mars venus jupiter saturn mercury neptune pluto planet star galaxy universe comet',
  ),
  group(
    'body',
    'head face eye ear nose mouth lip tongue tooth teeth neck shoulder arm elbow hand finger thumb chest stomach ' +
      'back leg knee foot toe skin bone blood heart brain lung liver muscle hair',
  ),
  group(
    'people',
    'father mother son daughter brother sister uncle aunt cousin nephew niece grandfather grandmother husband wife ' +
      'parent child dad mom mum family baby',
  ),
  group('people', 'man woman boy girl guy lady gentleman person people child adult kid teenager human'),
  group(
    'people',
    'king queen prince princess emperor empress duke lord lady knight royal throne crown kingdom',
  ),
  group(
    'people',
    'doctor nurse teacher lawyer engineer scientist artist writer actor singer musician farmer soldier police ' +
      'officer judge chef driver pilot manager director president minister professor student',
  ),
  group(
    'feelings',
    'happy glad joy cheerful pleased delighted excited proud love hope fun smile laugh happiness joyful pleasure',
  ),
  group(
    'feelings',
    'sad sadness angry upset afraid scared lonely worried fear anger hate grief sorrow shame cry pain',
  ),
  group(
    'qualities',
    'good great excellent wonderful amazing awesome fantastic brilliant perfect nice fine best better',
  ),
  group('qualities', 'bad terrible awful horrible poor worst worse evil nasty ugly dreadful'),
  group('qualities', 'big large huge enormous giant massive vast tall wide long high deep'),
  group('qualities', 'small little tiny short narrow thin low shallow miniature slight'),
  group('qualities', 'fast quick rapid swift slow sudden gradual immediate instant'),
  group('qualities', 'hot warm cold cool freezing dry wet humid mild'),
  group('qualities', 'new old young ancient modern recent fresh early late current former'),
  group('qualities', 'easy hard difficult simple complex complicated tough tricky'),
  group('qualities', 'rich poor cheap expensive free costly valuable worth'),
  group('nature', 'rain snow wind storm cloud fog thunder lightning hurricane tornado sunshine weather'),
  group(
    'nature',
    'mountain hill valley river lake sea ocean island beach forest desert jungle field cave coast',
  ),
  group('nature', 'tree flower grass leaf plant rose oak pine root branch seed garden'),
  group(
    'vehicles',
    'car truck bus train plane bicycle bike motorcycle boat ship taxi van jeep tractor helicopter',
  ),
  group(
    'buildings',
    'house home apartment building tower castle church school hospital hotel bank shop store bridge',
  ),
  group(
    'buildings',
    'door window wall floor roof room bedroom bathroom table chair desk bed sofa lamp shelf',
  ),
  group(
    'clothes',
    'shirt pants dress skirt jacket coat hat cap shoe boot sock glove scarf belt jeans suit tie',
  ),
  group(
    'materials',
    'wood stone metal glass plastic paper cloth leather steel concrete brick rubber cotton wool silk',
  ),
  group('tools', 'hammer knife saw axe drill shovel sword gun rifle pistol bomb arrow spear shield weapon'),
  group(
    'sports',
    'football soccer basketball baseball tennis golf hockey cricket rugby boxing swimming racing sport',
  ),
  group(
    'sports',
    'team player coach game match goal score league season champion tournament win victory defeat',
  ),
  group('arts', 'music song album band concert guitar piano violin drum bass trumpet flute jazz rock opera'),
  group(
    'arts',
    'book novel poem story film movie play theater painting picture photo drawing sculpture dance',
  ),
  group(
    'writing',
    'word letter sentence paragraph page chapter text language grammar spelling noun verb adjective',
  ),
  group(
    'money',
    'dollar euro pound yen cent money cash coin price cost tax loan debt budget profit market stock',
  ),
  group(
    'politics',
    'government election vote party congress senate parliament democrat republican policy law court',
  ),
  group(
    'religion',
    'god jesus christ church bible muslim christian jewish islam buddhist prayer temple faith priest',
  ),
  group(
    'war',
    'war army soldier battle attack enemy weapon bomb peace military navy troops invasion victory',
  ),
  group(
    'health',
    'disease cancer virus infection medicine drug vaccine patient surgery treatment symptom hospital',
  ),
  group(
    'actions',
    'walk run jump climb swim fly crawl march ride drive travel move go come leave arrive return',
  ),
  group('actions', 'say tell speak talk ask answer reply shout whisper call discuss explain argue said told'),
  group(
    'actions',
    'think know believe understand remember forget learn guess imagine wonder consider decide',
  ),
  group('actions', 'make build create produce construct design develop invent write draw paint cook'),
  group('actions', 'see look watch hear listen feel touch smell taste notice observe'),
  group('actions', 'give take get receive send bring carry put hold keep throw catch drop pull push'),
  group('actions', 'eat drink sleep wake sit stand lie breathe live die grow'),
  group('actions', 'buy sell pay spend earn save trade borrow lend'),
  group(
    'function words',
    'i you he she it we they me him her us them myself yourself himself herself itself',
  ),
  group('function words', 'my your his her its our their mine yours hers ours theirs'),
  group(
    'function words',
    'in on at by under over above below between behind beside near inside outside through across',
  ),
  group(
    'function words',
    'and or but because although though while whereas unless until since if so yet nor',
  ),
  group('function words', 'who what where when why how which whose whom'),
  group('function words', 'can could will would shall should may might must'),
  group('function words', 'is are was were be been being am has have had do does did'),
  group('function words', 'very quite rather too extremely really almost nearly just only even still'),
  group('function words', 'always never often sometimes usually rarely seldom once again ever'),
  group(
    'directions',
    'north south east west northern southern eastern western left right up down forward backward',
  ),
  group(
    'companies',
    'google apple microsoft facebook amazon twitter netflix ibm intel samsung sony nvidia tesla uber',
  ),
];
