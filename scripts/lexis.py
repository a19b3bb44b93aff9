#!/usr/bin/env python3
"""Make handlers/meetings/themes/grammar/more.txt: ordinary English words by kind.

    scripts/lexis.py DICT BIG WORDNET >more.txt

DICT and BIG are word lists of Debian's wbritish-small and wbritish (SCOWL), WORDNET is the folder of wordnet-base. A word
is taken if it stands in DICT in lower case; its kinds are those that WordNet's tagged texts use it for. A verb or plural
whose regular forms are not in BIG is left out, so that no wrong form is ever printed.
"""
import collections, os, re, sys

small, big, wn = sys.argv[1:4]
read = lambda p: [l.rstrip('\n') for l in open(p, encoding='utf-8')]
words = [w for w in read(small) if re.fullmatch('[a-z]{3,14}', w)]
every = set(read(big))
RUDE = set('''arse arsehole ass bastard bitch bloody bollocks bugger crap cunt damn fuck fucking piss prick shit slut tit twat wank whore nigger coon dyke
queer fag faggot poof retard spastic cripple lunatic nutter midget bimbo tart slag sod turd fart nazi rape rapist'''.split())


def index(name):
    out = {}
    for l in read(os.path.join(wn, 'index.' + name)):
        if not l.startswith(' '):
            f = l.split()
            out[f[0]] = (int(f[2]), f[-int(f[2]):])
    return out


kinds = {k: index(k) for k in ('noun', 'verb', 'adj', 'adv')}
count = {k: collections.Counter() for k in kinds}
for l in read(os.path.join(wn, 'cntlist.rev')):
    key, _, n = l.split()
    lemma, rest = key.split('%')
    count[{'1': 'noun', '2': 'verb', '3': 'adj', '4': 'adv', '5': 'adj'}[rest[0]]][lemma] += int(n)
person = {l.split()[0] for l in read(os.path.join(wn, 'data.noun')) if not l.startswith(' ') and l.split()[1] == '18'}
odd = {f for k in ('noun', 'verb') for l in read(os.path.join(wn, k + '.exc')) for f in l.split()}


def plural(w):
    if w.endswith(('s', 'x', 'z', 'ch', 'sh')):
        return w + 'es'
    return w[:-1] + 'ies' if w[-1] == 'y' and w[-2] not in 'aeiou' else w + 's'


def doubles(w):
    v = 'aeiou'
    if len(w) < 3 or w[-1] in v + 'wxy' or w[-2] not in v or w[-3] in v:
        return False
    return len(re.findall('[aeiou]+', w)) == 1


def forms(w):
    if w[-1] == 'e':
        past, ing = w + 'd', (w + 'ing' if w.endswith(('ee', 'oe', 'ye')) else w[:-2] + 'ying' if w.endswith('ie') else w[:-1] + 'ing')
    elif w[-1] == 'y' and w[-2] not in 'aeiou':
        past, ing = w[:-1] + 'ied', w + 'ing'
    else:
        d = w[-1] if doubles(w) else ''
        past, ing = w + d + 'ed', w + d + 'ing'
    return plural(w), past, ing


bases = [w for w in words if w in kinds['verb'] and all(f in every for f in forms(w))]
inflected = {f for w in bases for f in forms(w)[1:]}
out = collections.defaultdict(list)
for w in words:
    have = {k: count[k][w] for k in kinds if w in kinds[k]}
    if not have or w in RUDE or w in odd or w in inflected or w.endswith('s') and w[:-1] in every:
        continue
    top = max(have.values())
    keep = [k for k, n in have.items() if n >= 0.2 * top] if top else [max(have, key=lambda k: (kinds[k][w][0], k == 'noun'))]
    if 'verb' in keep and all(f in every for f in forms(w)):
        out['verbs'].append(w)
    if 'adj' in keep:
        out['adjectives'].append(w)
    if 'adv' in keep:
        out['adverbs'].append(w)
    if 'noun' in keep:
        one = kinds['noun'][w][1][0] in person
        has = plural(w) in every
        out['people' if one and has else 'nouns' if has else 'mass'].append(w)
print('# Ordinary English words by kind, made by scripts/lexis.py. The words are from SCOWL (size 35), copyright 2000-2011 Kevin\n'
      '# Atkinson, the kinds from WordNet 3.0, copyright 2006 Princeton University; both may be used, copied and distributed for any\n'
      '# purpose, and both come "as is" and without any warranty. Princeton University retains the title to WordNet.\n')
for kind in ('verbs', 'nouns', 'mass', 'people', 'adjectives', 'adverbs'):
    print('@' + kind)
    line = ''
    for w in out[kind]:
        if len(line) + len(w) > 150:
            print(line.rstrip())
            line = ''
        line += w + ' '
    print(line.rstrip() + '\n')
