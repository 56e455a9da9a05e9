"""How fast the matcher is: 60,000 words against 400, 2,000 and all phrases of the catalogue; accuracy lists beside it.

    python tests/bench/matching.py [--words 60000] [--runs 5] [--file PLAN]

The text is made of the catalogue's own wording (examples, questions, advice), as much filler of common words, and invented
names, or is that of PLAN. The first 400 phrases are the catalogue's, the others invented pairs of the text's words, so that
the figures show what a phrase costs, not what a hit costs. CPU seconds, because machines are shared.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from irmcheck.catalogue import load_catalogue
from irmcheck.catalogue.rules import Phrase, PhraseSet
from irmcheck.match import compile_matcher
from irmcheck.model import Passage, Place, Section, SectionKind

RULES = Path(__file__).parents[2] / "rules"
SECTIONS = (Section("V", SectionKind.PROGRAMME, 1, (0, 1)),)
SYLLABLES = ["oe", "noe", "fatu", "bena", "sona", "kolo", "hau", "meni", "tuan", "boti", "lelo", "nai", "sun", "tafe"]


def strings(node: Any) -> list[str]:
    """Every text of a YAML tree."""
    if isinstance(node, str):
        return [node]
    inner = node.values() if isinstance(node, Mapping) else node if isinstance(node, list) else ()
    return [text for part in inner for text in strings(part)]


def made_passages(words: int, chance: random.Random) -> list[Passage]:
    """Passages of about `words` words: sentences and short cells, names mixed in so that the vocabulary is that of a plan."""
    pool = [t for path in sorted(RULES.glob("[a-z]*/*-*.yaml")) for t in strings(yaml.safe_load(path.read_text("utf-8")))]
    pool = [text for text in pool if len(text.split()) > 2]
    common = yaml.safe_load((RULES / "lexicon" / "ejaan.yaml").read_text("utf-8"))["kata_umum"].split()
    pool += [" ".join(chance.choices(common, k=len(text.split()))) for text in pool]
    passages: list[Passage] = []
    while words > 0:
        name = "".join(chance.choices(SYLLABLES, k=3)).capitalize()
        text = f"{chance.choice(pool)} {name} {chance.randint(1, 9000)}"
        passages.append(Passage(text, "prose" if len(text) > 80 else "cell", 0, Place()))
        words -= len(text.split())
    return passages


def read_passages(file: Path) -> list[Passage]:
    """The passages of a plan on disk."""
    from irmcheck import pipeline

    return list(pipeline.read(pipeline.Request(file)).passages)


def phrases(
    count: int, concepts: Mapping[str, PhraseSet], passages: list[Passage], chance: random.Random
) -> dict[str, PhraseSet]:
    """`count` phrases in sets of five: 400 of the catalogue's without references, then invented pairs of the text's words."""
    texts = [p.text for c in concepts.values() for p in c.phrases if "[" not in p.text]
    vocabulary = sorted({w.lower() for p in passages for w in p.text.split() if w.isalpha() and len(w) > 3})
    random.Random(2).shuffle(texts)
    del texts[400:]
    while len(texts) < count:
        texts.append(" ".join(chance.sample(vocabulary, 2)))
    return {f"s{n}": PhraseSet(f"s{n}", tuple(Phrase(t) for t in texts[n : min(n + 5, count)])) for n in range(0, count, 5)}


def timed(work: Any, runs: int) -> tuple[float, float]:
    """CPU seconds of the first run and the median of the others."""
    taken = []
    for _ in range(runs + 1):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return taken[0], statistics.median(taken[1:])


def import_seconds(module: str) -> float:
    """CPU seconds a fresh interpreter needs to import a module."""
    code = f"import time; a=time.process_time(); import {module}; print(time.process_time()-a)"
    return float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--words", type=int, default=60_000)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--file", type=Path)
    args = options.parse_args()
    chance = random.Random(1)
    spacy, all_of_it = import_seconds("spacy"), import_seconds("irmcheck.match.matcher")
    print(f"import spacy {spacy:.2f} s, the matcher with it {all_of_it:.2f} s")
    catalogue = load_catalogue()
    passages = read_passages(args.file) if args.file else made_passages(args.words, chance)
    words = [word for passage in passages for word in passage.text.split()]
    print(f"{len(words)} words, {len(set(words))} types, {len(passages)} passages")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sets = [(f"{n} phrases", phrases(n, catalogue.concepts, passages, chance)) for n in (400, 2000, 3000)]
    for name, concepts in [*sets, ("the catalogue", catalogue.concepts)]:
        compiled, _ = timed(lambda c=concepts: compile_matcher(c, catalogue.lexicon), 1)
        matcher = compile_matcher(concepts, catalogue.lexicon)
        cold, warm = timed(lambda m=matcher: m.find(passages, SECTIONS), args.runs)
        hits = len(matcher.find(passages, SECTIONS))
        print(f"{name:14} compile {compiled:.3f} s, match cold {cold:.3f} s, warm {warm:.3f} s, {hits} hits")
    print(f"memory above start {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - before:.0f} MB (four matchers)")


if __name__ == "__main__":
    main()
