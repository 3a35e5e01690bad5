"""The words that the templates tell apart: every phrase, every rival, and many words that are no command."""

from coach.hearing.vocabulary.phrase_table import Table
from scripts.benches.hearing.remarks import TUNING_REMARKS

OTHER_WORDS = (
    "bad", "both", "chair", "coffee", "come", "dark", "dinner", "door", "eh", "gone", "good", "heat", "here",
    "hm", "kitchen", "light", "maybe", "morning", "nice", "nothing", "now", "oh", "okay", "ow", "past", "read",
    "right", "shop", "so", "step", "table", "the", "there", "think", "water", "week", "what", "when", "where",
    "who", "window", "yeah", "you",
)  # fmt: skip
NEAR_WORDS = (
    "shop", "top", "step", "stomp", "stock", "store", "start", "stuff", "spot", "star", "stand", "stay", "stump",
    "style", "still", "stove", "strap", "cause", "because", "pass", "paw", "pose", "post", "poor", "past", "horse",
    "course", "boss", "pot", "force", "sauce", "loss", "works", "shirts", "hers", "birds", "words", "first", "heart",
    "hurry", "church", "turns", "once", "it works", "it's hard", "it burns", "it helps", "at first",
)  # fmt: skip
"""Words that sound like one of them."""
COMMON_WORDS = (
    "mother", "father", "sister", "brother", "baby", "child", "friend", "doctor", "neighbour", "husband", "woman",
    "cat", "bird", "horse", "fish", "mouse", "cow", "sheep", "apple", "bread", "butter", "cheese", "egg", "milk",
    "meat", "sugar", "salt", "soup", "tea", "cup", "plate", "knife", "fork", "spoon", "glass", "bottle", "bag", "box",
    "bed", "pillow", "blanket", "lamp", "clock", "mirror", "curtain", "carpet", "floor", "wall", "roof", "garden",
    "garage", "street", "car", "bus", "train", "bike", "boat", "plane", "road", "bridge", "town", "school", "church",
    "hospital", "bank", "office", "tree", "flower", "grass", "leaf", "river", "sea", "lake", "hill", "sun", "moon",
    "rain", "snow", "wind", "cloud", "storm", "fire", "stone", "wood", "paper", "book", "letter", "pen", "picture",
    "music", "song", "game", "ball", "toy", "money", "ticket", "key", "phone", "radio", "television", "computer",
    "hat", "coat", "shirt", "shoe", "sock", "dress", "glove", "ring", "head", "hair", "eye", "ear", "nose", "mouth",
    "tooth", "hand", "finger", "arm", "leg", "foot", "heart", "blood", "black", "white", "red", "green", "blue",
    "yellow", "brown", "big", "small", "long", "short", "old", "new", "young", "hot", "cold", "warm", "wet", "dry",
    "clean", "dirty", "happy", "sad", "angry", "tired", "hungry", "rich", "poor", "early", "late", "monday", "tuesday",
    "friday", "sunday", "january", "summer", "winter", "evening", "night", "yesterday", "tomorrow", "hour", "minute",
    "month", "year", "eat", "drink", "sleep", "walk", "run", "sit", "lie", "jump", "fall", "open", "close", "push",
    "pull", "carry", "throw", "catch", "buy", "sell", "give", "take", "find", "lose", "look", "listen", "learn",
    "teach", "write", "speak", "ask", "answer", "laugh", "cry", "love", "hate", "hope", "follow",
    "always", "often", "sometimes", "perhaps", "together", "inside", "outside", "above", "below",
    "behind", "before", "after", "under", "between", "backward", "forward", "eleven", "twelve", "twenty", "hundred",
    "thousand", "first", "second", "third", "hello", "goodbye", "excuse me",
    "I see", "you know", "I mean", "and then", "a little", "a lot", "so what", "oh well", "mhm", "ah", "um",
)  # fmt: skip
"""What people talk about at home, by kind: family, animals, food, the house, the town, the weather, clothes, verbs."""


def words_of(table: Table) -> list[str]:
    """Return every phrase, rival and word that is neither, once each."""
    phrases = [phrase.text for phrase in table.phrases()]
    others = (*OTHER_WORDS, *NEAR_WORDS, *COMMON_WORDS, *TUNING_REMARKS)
    return list(dict.fromkeys([*phrases, *table.rivals, *(word for word in others if word not in phrases)]))
