"""Let the built-in ears write down freely what each voice says, phrase by phrase, and count the wrong words.

Every sentence that a shipped routine or the session can say is transcribed without knowing what may be said. The word
error rate is edits / words over all; a sentence is misheard when a word of it is wrong. What sounds the same counts as
the same: "for" and "four", "10" and "ten", "onto" and "on to", "you're" and "you are".

Nobody hears "Three. Out." by itself: it comes after "Two", "in", and their pauses. So what is said in a set is heard
after the last ten seconds of that set as this voice lays it out, without the earcons, and only its own words are
counted; `--alone` cuts it out instead. What every voice is misheard in is listed at the end with what was heard: there
the wording is to blame, or the listener. From an empty clip cache the same sentences give the same result; the system
voice says a sentence a little differently after other ones.
"""

from collections.abc import Iterator, Sequence

from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.recognition.augment.preprocessing import preprocess
from coach.hearing.recognition.models.moonshine import MoonshineModel, model_folder
from coach.hearing.recognition.models.tokenizer import END, Tokenizer
from coach.sound.clip import RATE_HZ
from coach.sound.pcm import Samples, as_pcm
from coach.sound.resample import resample
from coach.speech.choose import open_clips, usual_voice
from scripts.benches.intelligibility.comparing import edits_at_end, words
from scripts.benches.intelligibility.said import Said, runs, sentences, sound_of
from scripts.benches.voice.kept import keep
from scripts.named import options

FLOOR_RMS = 20.0  # of the noise around a clip, of 32768: recognizers fail on digital silence
TOKENS_PER_S = 13  # a transcript that goes on for longer repeats itself


def transcribed(model: MoonshineModel, tokenizer: Tokenizer, samples: Samples) -> str:
    """Return the model's likeliest words, one token after the other."""
    sound = as_pcm(resample(samples, RATE_HZ, HEARING_HZ))
    at = model.begin(preprocess(sound, FLOOR_RMS))
    tokens: list[int] = []
    while len(tokens) < TOKENS_PER_S * len(samples) / RATE_HZ + 5:
        token = int(at.log_p[0].argmax())
        if token == END:
            break
        tokens.append(token)
        at = model.extend(at, [0], [token])
    return tokenizer.decode(tuple(tokens))


def heard_of(voice: str, texts: list[str], alone: bool) -> Iterator[tuple[Said, str]]:
    """Yield every sentence with what was heard, all of its run."""
    model, tokenizer = MoonshineModel(), Tokenizer(model_folder() / "tokenizer.bin")
    clips = open_clips(voice)
    try:
        clips.prepare(texts)
        before = {} if alone else runs(clips.measure)
        for text in texts:
            said = Said(text, before.get(text, ()))
            yield said, transcribed(model, tokenizer, sound_of(said, clips))
    finally:
        clips.close()


def main(arguments: Sequence[str]) -> int:
    parser = options("bench intelligibility", __doc__)
    parser.add_argument("--voices", nargs="+", default=list(dict.fromkeys(["en-us", usual_voice()])))
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth sentence")
    parser.add_argument("--alone", action="store_true", help="cut what is said in a set out of it")
    parser.add_argument("--save", action="store_true", help="keep the figures for the README")
    chosen = parser.parse_args(arguments)
    texts = sentences()[:: chosen.every]
    total = sum(len(words(text)) for text in texts)
    print(f"{len(texts)} sentences, {total} words\n")
    print("| voice | word error rate | sentences with a wrong word |\n|---|---|---|")
    misheard: dict[str, dict[str, str]] = {text: {} for text in texts}
    for voice in chosen.voices:
        edited = 0
        for said, heard in heard_of(voice, texts, chosen.alone):
            before = words(" ".join(text for _, text in said.before))
            count, own = edits_at_end(before, words(said.text), words(heard))
            edited += count
            if count:
                misheard[said.text][voice] = f"{' '.join(own)}   of: {heard}" if before else heard
        bad = sum(voice in heard for heard in misheard.values())
        print(f"| {voice} | {edited / total:.1%} | {bad} of {len(texts)} |", flush=True)
        if chosen.save:
            keep(voice, {"wrong_words": f"{edited / total:.1%} of {total:,}"})
    everywhere = {text: heard for text, heard in misheard.items() if len(heard) == len(chosen.voices)}
    print(f"\nmisheard from every voice: {len(everywhere)}")
    for text, by_voice in everywhere.items():
        print("\n".join([f"  {text}", *(f"      {voice:>8}: {heard}" for voice, heard in by_voice.items())]))
    return 0
