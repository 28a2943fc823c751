# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "trl==1.16.0",
#   "transformers==5.23.0",
#   "torch==2.13.0",
#   "datasets==5.2.0",
#   "accelerate==1.15.0",
#   "tokenizers==0.23.3",
#   "peft==0.21.2",
# ]
#
# [tool.tutorial]
# title = "Train a reward model, and find its holes"
# question = "How do I know that a reward model is right, how sure it is, and where it is blind?"
# summary = """A complete script for RewardTrainer: a real model by default, a CPU-sized world \
#   with --tiny, accuracy and calibration against a judge whose errors are known, best-of-4 \
#   sampling, and the answers that fool the score."""
# trainers = ["reward"]
# difficulty = 1
# prerequisites = [
#   "Python; having run a training script once",
#   "What the loss does: [reward modeling](/guides/reward-modeling/)",
# ]
# covers = [
#   "a scalar head in the place of the language head",
#   "first-loss check for a random head",
#   "held-out accuracy for each kind of pair",
#   "calibration against the judge's errors",
#   "best-of-4 sampling",
#   "answers outside the data",
#   "reproduced failures",
#   "LoRA with its head saved",
#   "save, reload, use as a reward function",
# ]
# papers = ["bradley-terry-1952", "2312.09244", "2210.10760"]
# next = ["trainers/reward", "guides/reward-modeling", "examples/dpo-training"]
# unchecked = [
#   "the default run, which downloads a model and wants a GPU: neither its time nor its memory",
#   "the flag --load-in-4bit, which needs CUDA",
# ]
# recipes = [
#   "--lora",
#   "--gradient-checkpointing",
#   "--lora --center-rewards 0.01",
# ]
#
# [[tool.tutorial.plots]]
# title = "Best of 4: the same answers, picked by a model that learns to pick"
# text = """The language model never changes. Before the first step the head is random, and so is \
#   the pick; within fifty steps it finds nearly every ascending answer that the four hold."""
# series = ["ascending_share", "accuracy", "loss"]
# variants = ["plain"]
#
# [[tool.tutorial.plots]]
# title = "400 pairs again and again: the loss falls below the best that a judge with errors allows"
# text = """At 0.325 the model knows all that can be known of a judge who errs in one pair of ten. \
#   Below that it knows which pairs are wrong, by heart."""
# series = ["loss", "margin", "accuracy"]
# variants = ["plain", "bug-memorised"]
#
# [[tool.tutorial.plots]]
# title = "Only reversed answers as rejected: better numbers, worse picks"
# series = ["loss", "accuracy", "ascending_share"]
# variants = ["plain", "bug-descending-only"]
#
# [[tool.tutorial.plots]]
# title = "Centring moves the mean of all scores to zero and leaves the differences"
# series = ["mean_reward", "margin"]
# variants = ["plain", "centred"]
#
# [tool.tutorial.bugs]
# lora-without-head = """LoRA without `modules_to_save`. Training is fine; the saved folder has \
#   no head, and each reload draws another one."""
# descending-only = """Every rejected answer is the reversed one. Accuracy is as good as the \
#   judge, and the score is blind to everything but the direction."""
# memorised = """400 pairs, 20 times each. The training loss falls below the judge's entropy; \
#   held out, the model is sure and wrong."""
# identical = "Answers cut before they differ. Accuracy 0, margin 0, loss ln 2 for ever."
# pad-is-end = """The end token also pads. An answer that was cut off gets the score of the \
#   finished one; no metric shows it."""
#
# [tool.tutorial.variants]
# centred = ["--center-rewards", "0.01"]
#
# [tool.tutorial.hardware]
# "Default run" = "Time and memory not measured."
# ///
# Longer than 250 lines: it is a page too, prose, checks and exercises included.

# %% [markdown]
# The second rung of the ladder. The first was supervised fine-tuning: a language model copies
# answers. The one new idea here: the language head goes, a **scalar head** takes its place, and
# **pairs** take the place of answers. What comes out writes nothing. It reads a prompt with an
# answer and says one number, and the number is for somebody else: for picking the best of several
# answers, which this page does, or for reinforcement learning, which is a later rung.
#
# By default the script loads a real model and a real data set from the Hub. With `--tiny` it runs
# on a CPU, without a network, in a world made on the spot. A prompt is a word of five letters, an
# answer the same letters in order. A model has been fine-tuned to answer ascending or descending,
# each half of the time. A judge prefers ascending, and errs in one pair of ten.
#
# ```bash
# uv run reward_training.py --tiny                        # the run on this page
# uv run reward_training.py --tiny --bug descending-only  # the same, going wrong
# uv run reward_training.py                               # a real model; wants a GPU
# ```
#
# `--tiny` needs `lab.py` in the same folder.

# %%
import argparse
import math
import random
import tempfile
from pathlib import Path

BUGS = ["lora-without-head", "descending-only", "memorised", "identical", "pad-is-end"]
parser = argparse.ArgumentParser(description="A reward model with TRL, checked at every step.")
parser.add_argument("--tiny", action="store_true", help="the synthetic world, on a CPU")
parser.add_argument("--bug", choices=BUGS, help="goes wrong in one way; needs --tiny")
parser.add_argument("--model", default="Qwen/Qwen2.5-0.5B-Instruct")
parser.add_argument("--dataset", default="trl-lib/ultrafeedback_binarized")
parser.add_argument("--center-rewards", type=float, help="coefficient of the centring term")
parser.add_argument("--learning-rate", type=float, help="default: see the settings below")
parser.add_argument("--max-steps", type=int, help="default: 200 with --tiny, else one epoch")
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--gradient-checkpointing", action="store_true")
parser.add_argument("--lora", action="store_true")
parser.add_argument(
    "--load-in-4bit", action="store_true", help="CUDA only; pip install bitsandbytes"
)
parser.add_argument("--warm-start", type=Path, help="a folder that lab.warm_up has written")
parser.add_argument("--output-dir", type=Path, help="default: a temporary folder")
parser.add_argument("--metrics", type=Path, help="with --tiny: write what the run did as JSON")
args, _ = parser.parse_known_args()  # a notebook passes arguments of its own
if args.bug and not args.tiny:
    parser.error("--bug needs --tiny: the failures are measured in the synthetic world")
if args.metrics and not args.tiny:
    parser.error("--metrics needs --tiny")
if args.load_in_4bit and (args.tiny or not args.lora):
    parser.error("--load-in-4bit needs --lora and CUDA: weights of 4 bits can't be trained")
adapter = args.lora or args.bug == "lora-without-head"

# %% [markdown]
# ## The model
#
# `RewardTrainer` takes a path or a model. From a path it loads the body of the language model and
# puts a fresh [score head](glossary:score-head) on it: one vector, drawn from `seed`. The language
# head stays in the file, unused. Transformers would warn about both; TRL silences the warning, so
# a *trained* reward model whose head was lost loads in silence too.
#
# The tiny model has two layers. `SFTTrainer` warms it up; `--warm-start` takes the folder of an
# earlier warm-up instead.

# %%
output_dir = args.output_dir or Path(tempfile.mkdtemp(prefix="reward-"))
if args.tiny:
    import lab

    model_path = str(args.warm_start or lab.warm_up(output_dir / "warm", seed=args.seed))
else:
    model_path = args.model

from transformers import AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained(model_path)
if args.bug == "pad-is-end":  # what TRL does by itself when a tokenizer has no pad token
    tokenizer.pad_token = tokenizer.eos_token

# %% [markdown]
# ## The data
#
# Two columns, `chosen` and `rejected`; a `prompt` column, if there is one, is put in front of
# both. An optional column `margin` says by how much.
#
# Which *mistakes* the rejected answers make decides what the score can see. Here they are of two
# kinds, row by row in turn: all letters **reversed**, or two **neighbours** swapped. Right letters
# always: no pair holds a letter that is not in the word. Keep that in mind. Held-out pairs are
# split by kind, since one accuracy over both would hide a model that sees only the easy one.

# %%
from datasets import load_dataset


def with_answers_cut(rows):
    """The bug `identical`: somebody cut the texts to save memory, before they differ."""

    def cut(turns):
        return [{**turn, "content": turn["content"][:3]} for turn in turns]

    return rows.map(lambda row: {side: cut(row[side]) for side in ("chosen", "rejected")})


if args.tiny:
    other = {"descending-only": "descending", "identical": "nearly"}.get(args.bug, "mixed")
    count = 400 if args.bug == "memorised" else 8_000
    train_dataset = lab.preference(count, seed=20, rejected=other, flipped=0.1)
    if args.bug == "identical":
        train_dataset = with_answers_cut(train_dataset)
    pairs = lab.preference(1_000, seed=21, rejected="mixed", flipped=0.1, held_out=True)
    kinds = {"reversed": range(0, 1_000, 2), "neighbours": range(1, 1_000, 2)}
    eval_dataset = {kind: pairs.select(rows) for kind, rows in kinds.items()}
else:
    data = load_dataset(args.dataset)
    train_dataset, eval_dataset = data["train"], {"test": data["test"].select(range(200))}

assert {"chosen", "rejected"} <= set(train_dataset.column_names), train_dataset.column_names
for i in range(2):
    for column in train_dataset.column_names:
        print(f"{column:10s}", str(train_dataset[i][column])[:120])

# %% [markdown]
# ## The settings
#
# `RewardConfig.learning_rate` is 1e-4 by default, a hundred times that of DPO: the head starts
# from nothing. One epoch: a reward model that sees a pair twice begins to learn it by heart, and
# the [bug](#break-it-on-purpose) `memorised` shows where that ends.

# %%
learning_rate = args.learning_rate or (7e-4 if args.tiny else 1e-4) * (7 if adapter else 1)

# %% [markdown]
# Recipes for a small memory. There is only one model, so there is less to save than in DPO:
#
# - `--gradient-checkpointing` recomputes activations in the backward pass instead of keeping
#   them. TRL has it on by default; this script turns it off.
# - `--lora` trains small matrices *and the head*: `task_type="SEQ_CLS"` makes PEFT train and save
#   the module called `score` whole. Without it the head stays random and is not saved.
# - `--load-in-4bit` stores the frozen weights in 4 bits, together with `--lora`. It needs CUDA.

# %%
from peft import LoraConfig
from transformers import BitsAndBytesConfig, PrinterCallback
from trl import RewardConfig, RewardTrainer

if args.tiny:
    size = lab.tiny_arguments(
        output_dir,
        max_steps=args.max_steps or 200,
        per_device_train_batch_size=40,
        per_device_eval_batch_size=100,
        lr_scheduler_type="cosine",
        warmup_steps=10,
    )
else:
    size = {
        "output_dir": str(output_dir),
        "max_steps": args.max_steps or -1,
        "num_train_epochs": 1,
        "per_device_train_batch_size": 4,
        "gradient_accumulation_steps": 8,
        "logging_first_step": True,  # the first loss, not an average of ten
    }
size["gradient_checkpointing"] = args.gradient_checkpointing

lora = LoraConfig(r=16, target_modules="all-linear", task_type="SEQ_CLS")
if args.bug == "lora-without-head":
    lora = LoraConfig(r=16, target_modules=["q_proj", "k_proj", "v_proj", "o_proj"])
four_bits = BitsAndBytesConfig(
    load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_compute_dtype="bfloat16"
)
trainer = RewardTrainer(
    model=model_path,
    args=RewardConfig(
        learning_rate=learning_rate,
        center_rewards_coefficient=args.center_rewards,
        seed=args.seed,
        **size,
    ),
    train_dataset=train_dataset,
    eval_dataset=eval_dataset,
    processing_class=tokenizer,
    quantization_config=four_bits if args.load_in_4bit else None,
    peft_config=lora if adapter else None,
)
trainer.remove_callback(PrinterCallback)  # the log is read below instead of scrolling by
assert len(trainer.train_dataset) > 0, "all pairs are longer than max_length: they were dropped"
print(len(trainer.train_dataset), "of", len(train_dataset), "pairs are short enough to stay")

# %% [markdown]
# ## One batch
#
# The collator stacks the chosen sides on the rejected ones: of *B* pairs, row 0 and row *B*
# belong together. There is no completion mask, since no token is predicted: the score is read at
# one position, [the last token that is not padding](glossary:pooling). That must be the end token.
# It is the only place from which the whole answer, its end included, can be seen.

# %%
batch = trainer.data_collator([trainer.train_dataset[i] for i in range(2)])
ids = batch["input_ids"]  # (2B, T)
print("input_ids", tuple(ids.shape), "attention_mask", tuple(batch["attention_mask"].shape))
pad = trainer.model.config.get_text_config().pad_token_id
for name, i in [("chosen", 0), ("rejected", len(ids) // 2)]:
    last = int((ids[i] != pad).nonzero().max())
    read_at = tokenizer.decode(ids[i][last])
    print(f"{name:8s} {tokenizer.decode(ids[i][: last + 1])}   score read at {read_at!r}")
    if args.tiny and args.bug != "pad-is-end":
        assert read_at == tokenizer.eos_token

# %% [markdown]
# ## The first loss
#
# Write Δ for the score of the chosen side minus that of the rejected one. The head is random, so
# all Δ are small, and the loss of a pair, $-\log\sigma(\Delta)$, is near $\log2$. *Near*, not
# equal: for small Δ it is $\log 2-\frac\Delta2+\frac{\Delta^2}8$. The check below computes that,
# and adds the centring term if there is one. A first loss far away means a head that is not fresh,
# or a body whose hidden states are huge.

# %%
import torch


@torch.no_grad()
def scores_of(rows, model=None) -> torch.Tensor:
    """The scores of conversations, (N,), in batches of 500."""
    model = (model or trainer.model).eval()
    found = []
    for start in range(0, len(rows), 500):
        inputs = tokenizer.apply_chat_template(
            rows[start : start + 500], return_dict=True, return_tensors="pt", padding=True
        ).to(model.device)
        found.append(model(**inputs).logits[:, 0].float())
    return torch.cat(found).cpu()


def sides_of(rows, model=None) -> tuple[torch.Tensor, torch.Tensor]:
    """Scores of the chosen and of the rejected sides, (N,) each."""
    sides = [[(row.get("prompt") or []) + row[s] for row in rows] for s in ("chosen", "rejected")]
    return scores_of(sides[0], model), scores_of(sides[1], model)


def differences(rows, model=None) -> torch.Tensor:
    """Score of chosen minus score of rejected, (N,)."""
    chosen, rejected = sides_of(rows, model)
    return chosen - rejected


held_out_before = trainer.evaluate()
for kind, rows in eval_dataset.items():
    chosen, rejected = sides_of(list(rows))
    d, centring = chosen - rejected, (args.center_rewards or 0.0) * (chosen + rejected) ** 2
    expected = (math.log(2) - d / 2 + d**2 / 8 + centring).mean().item()
    first = held_out_before[f"eval_{kind}_loss"]
    print(f"{kind:10s} first loss {first:.4f}, expected {expected:.4f}, ln 2 = {math.log(2):.4f}")
    if args.tiny:
        assert abs(first - expected) < 1e-3 and abs(first - math.log(2)) < 0.02

# %% [markdown]
# ## The best that the judge allows
#
# The judge errs with probability ε = 0.1. The loss is smallest where $\sigma(\Delta)=1-\varepsilon$
# for each right pair: Δ = log 9 ≈ 2.2, loss 0.325, accuracy 0.9. A model that is *less* sure or
# *more* sure than 0.9 pays. So the loss asks for [calibration](glossary:calibration), and no data
# set with errors can be fitted to loss zero, except by heart.

# %%
if args.tiny:
    z = math.log(0.9 / 0.1)
    best = {"loss": -0.9 * math.log(0.9) - 0.1 * math.log(0.1), "accuracy": 0.9, "difference": z}
    print("at best:", {name: round(value, 3) for name, value in best.items()})
    right = {
        kind: [
            row["chosen"] == lab.assistant(lab.ascending(row["prompt"][0]["content"]))
            for row in rows
        ]
        for kind, rows in eval_dataset.items()
    }
    allowed = {kind: sum(flags) / len(flags) for kind, flags in right.items()}
    print("judge is right:", {kind: round(share, 3) for kind, share in allowed.items()})

# %% [markdown]
# ## Four answers a prompt
#
# A score makes a better policy without training one: sample several answers, send the one with
# the highest score. That is [best-of-n](glossary:best-of-n). The four answers for each of 500
# held-out words are drawn once, from the warm model, before training. The shares called *before*
# are those of the first of the four, the shares *after* those of the pick.

# %%
if args.tiny:
    from transformers import AutoModelForCausalLM

    words = lab.make_words(500, seed=99, held_out=True)
    language_model = AutoModelForCausalLM.from_pretrained(model_path)
    sampler = AutoTokenizer.from_pretrained(model_path)
    four = list(
        zip(*(lab.sample(language_model, sampler, words, seed=s) for s in range(4)), strict=True)
    )
    before = [answers[0] for answers in four]

    def pick(model, words) -> list[str]:
        """The best of each word's four answers, by the model's score."""
        rows = [(w, y) for w, ys in zip(words, four, strict=True) for y in sorted(set(ys))]
        found = scores_of([lab.user(w) + lab.assistant(y) for w, y in rows], model).tolist()
        model.train()
        score = dict(zip(rows, found, strict=True))
        return [max(ys, key=lambda y, w=w: score[w, y]) for w, ys in zip(words, four, strict=True)]

    possible = sum(lab.ascending(w) in ys for w, ys in zip(words, four, strict=True)) / len(words)
    for word, answers in list(zip(words, four, strict=True))[:3]:
        print(word, "→", *answers)
    print(f"an ascending answer is among the four for {possible:.3f} of the words")

# %% [markdown]
# ## Train
#
# A callback lets the model pick every fifty steps and counts the orders of the picks.

# %%
if args.tiny:
    shares = lab.SampledShares(pick, words, every=50)
    trainer.add_callback(shares)

trainer.train()

# %% [markdown]
# ## Read the log
#
# `accuracy` settles where the judge's errors put it, `margin` near $0.8\log9\approx1.76$, which
# is $\log 9$ for nine pairs and $-\log 9$ for one. `mean_reward` may stand anywhere: no pair says
# where zero is. The means below are over the last twenty steps.

# %%
log = [entry for entry in trainer.state.log_history if "loss" in entry]
last = {key: sum(entry[key] for entry in log[-20:]) / len(log[-20:]) for key in log[-1]}
print(f"{'':12s} {'first':>8s} {'last':>8s}")
for key in ("loss", "accuracy", "margin", "min_reward", "mean_reward", "max_reward"):
    print(f"{key:12s} {log[0][key]:8.3f} {last[key]:8.3f}")
for step, counts in shares.seen if args.tiny else ():
    print(step, {name: round(share, 3) for name, share in counts.items()})

# %% [markdown]
# ## Held-out pairs of each kind
#
# Accuracy against the judge, errors included, beside the best that is possible; and against the
# truth, which only a lab knows.

# %%
held_out = trainer.evaluate()
results, found = {}, {}
for kind, rows in eval_dataset.items():
    d = found[kind] = differences(list(rows))
    results[f"eval_{kind}_loss_after"] = held_out[f"eval_{kind}_loss"]
    results[f"eval_{kind}_accuracy_after"] = (d > 0).float().mean().item()
    line = (
        f"{kind:10s} loss {held_out[f'eval_{kind}_loss']:.3f} accuracy {(d > 0).float().mean():.3f}"
    )
    if args.tiny:
        truth = torch.tensor(right[kind])
        true_d = torch.where(truth, d, -d)  # as if the judge never erred
        results[f"{kind}_true_accuracy"] = (true_d > 0).float().mean().item()
        results[f"{kind}_true_difference"] = true_d.mean().item()
        true_accuracy, mean = (results[f"{kind}_true_{n}"] for n in ("accuracy", "difference"))
        line += f" of {allowed[kind]:.3f} possible, against the truth {true_accuracy:.3f}"
        line += f", mean difference {mean:.2f}"
    print(line)

# %% [markdown]
# ## Calibration
#
# If the model says σ(Δ) = 0.8, the judge should agree in eight of ten such pairs. Sort the
# held-out pairs by how sure the model is, $\sigma(|\Delta|)$, and compare. In this world every
# pair deserves 0.9. What is below is doubt about pairs that are hard to read, two swapped
# neighbours, and it is honest doubt only where the last two columns agree.

# %%
d = torch.cat(list(found.values()))
sure, agrees = torch.sigmoid(d.abs()), (d > 0).float()
print(f"{'says':>12s} {'pairs':>6s} {'mean':>6s} {'judge agrees':>13s}")
for low, high in [(0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.0)]:
    inside = (sure >= low) & (sure < high) if high < 1 else sure >= low
    if inside.any():
        print(
            f"{low:.1f} to {high:.1f}".rjust(12),
            f"{int(inside.sum()):6d} {sure[inside].mean():6.3f} {agrees[inside].mean():13.3f}",
        )
results |= {"mean_confidence": sure.mean().item(), "mean_agreement": agrees.mean().item()}
print({name: round(results[name], 3) for name in ("mean_confidence", "mean_agreement")})

# %% [markdown]
# ## Best of four
#
# The pick ascends far more often than a single answer does. The language model is the one from
# before: all that changed is who chooses. The price is four times the sampling, and the ceiling is
# what the four answers hold.

# %%
samples = []
if args.tiny:
    after = pick(trainer.model, words)
    samples = [
        {"prompt": w, "before": b, "after": a}
        for w, b, a in zip(words[:8], before, after, strict=False)
    ]
    scores_before, scores_after = lab.evaluate(words, before), lab.evaluate(words, after)
    results |= {f"{name}_before": value for name, value in scores_before.items()}
    results |= {f"{name}_after": value for name, value in scores_after.items()}
    results |= {"win_rate": lab.win_rate(words, after, before), "ascending_possible": possible}
    for when, answers in (("before", before), ("after", after)):
        strange = [bool(set(y) - set(w)) for w, y in zip(words, answers, strict=True)]
        results[f"foreign_{when}"] = sum(strange) / len(words)
    print("one answer ", {name: round(value, 3) for name, value in scores_before.items()})
    print("best of 4  ", {name: round(value, 3) for name, value in scores_after.items()})
    print("win rate", round(results["win_rate"], 3), "ceiling of ascending", round(possible, 3))
    foreign_letters = {when: round(results[f"foreign_{when}"], 3) for when in ("before", "after")}
    print("answers with a letter that the word lacks:", foreign_letters)

# %% [markdown]
# ## The hole
#
# Both sides of every pair had the right letters. So nothing ever taught the score that letters
# matter. Below are three answers that no pair holds: one letter exchanged for a foreign one and
# the result sorted; the same, tried with all fifteen foreign letters in each place until the score
# likes it; and nothing at all. The share says how often such an answer scores *higher than the
# right one*.
#
# The language model rarely offers such answers, so best-of-4 rarely has one to pick. A policy that
# is *trained* to raise the score looks for nothing else:
# [reward hacking](glossary:reward-hacking) is this table, found by gradient.

# %%


def exchanged(word: str, place: int, letter: str) -> str:
    """The ascending answer with the letter at `place` exchanged, sorted again."""
    letters = sorted(word)
    return "".join(sorted([*letters[:place], letter, *letters[place + 1 :]]))


if args.tiny:
    probe, source = words[:40], random.Random(args.seed)
    true_scores = scores_of([lab.user(w) + lab.assistant(lab.ascending(w)) for w in probe])
    foreign = {w: [letter for letter in lab.LETTERS if letter not in w] for w in probe}
    tries = {
        "one foreign letter": [
            [exchanged(w, source.randrange(5), source.choice(foreign[w]))] for w in probe
        ],
        "the best of 75": [
            [exchanged(w, i, y) for i in range(5) for y in foreign[w]] for w in probe
        ],
        "nothing": [[""] for _ in probe],
    }
    for name, answers in tries.items():
        rows = [
            lab.user(w) + lab.assistant(y) for w, ys in zip(probe, answers, strict=True) for y in ys
        ]
        top = scores_of(rows).view(len(probe), -1).max(dim=1).values
        share = (top > true_scores).float().mean().item()
        results["beats_the_right_answer: " + name] = share
        print(f"{name:20s} beats the right answer for {share:.2f} of the words")

# %% [markdown]
# ## What this page promises
#
# For the settings it was recorded with. The accuracy on either kind of pair is within 0.03 of what
# the judge allows, the held-out loss within 0.15 of the best; the model is no surer than right.
# Best of 4 lifts the ascending share from less than 0.6 to within 0.05 of its ceiling. And the
# hole is there: among 75 answers with a wrong letter one that beats the right answer is found for
# nine words of ten.

# %%
own = (args.learning_rate, args.max_steps, args.lora)
promised = args.tiny and own == (None, None, False)

if promised and args.bug is None:
    for kind in eval_dataset:
        assert allowed[kind] - results[f"eval_{kind}_accuracy_after"] < 0.03
        assert results[f"eval_{kind}_loss_after"] - best["loss"] < 0.15
    assert abs(results["reversed_true_difference"] - best["difference"]) < 0.7
    assert results["mean_confidence"] < results["mean_agreement"] + 0.03
    assert scores_before["ascending"] < 0.6 < possible - 0.05 < scores_after["ascending"]
    assert results["win_rate"] > 0.65
    assert results["beats_the_right_answer: the best of 75"] > 0.9

# %% [markdown]
# ## Save, reload, same scores
#
# The saved folder must hold the head, and the tokenizer with its pad token, since whoever loads
# it pads with that. Compare scores, alone and in a batch: a score that depends on the neighbours
# in its batch is the sign of a pad token that the model doesn't know.

# %%
from transformers import AutoModelForSequenceClassification

final = output_dir / "final"
trainer.save_model(str(final))
if not args.load_in_4bit:
    torch.manual_seed(args.seed + 1)  # a head that is missing is drawn anew
    reloaded = AutoModelForSequenceClassification.from_pretrained(
        final, num_labels=1, dtype=trainer.model.dtype
    ).to(trainer.model.device)
    reloaded.config.get_text_config().pad_token_id = tokenizer.pad_token_id
    rows = [row.get("prompt", []) + row["chosen"] for row in next(iter(eval_dataset.values()))][:50]
    now, later = scores_of(rows), scores_of(rows, reloaded)
    alone = torch.cat([scores_of([row], reloaded) for row in rows[:5]])
    moved = (now - later).abs().max().item()
    batching = (alone - later[:5]).abs().max().item()
    print(f"reloading moves the scores by {moved:.5f}, batching by {batching:.5f}")
    if args.bug != "lora-without-head":
        assert moved < (1e-4 if args.tiny else 0.1), "the reloaded model scores differently"

# %% [markdown]
# ## From scores to a reward function
#
# `GRPOTrainer` and `RLOOTrainer` take the folder as it is, `reward_funcs=str(final)`, and add up
# raw scores. A function of your own can fix the scale first: subtract the mean score of the
# policy's own answers and divide by their deviation, so that 0 means *as usual* and other rewards
# can be added to it. The shift changes no ranking, as no pair ever fixed it.

# %%
if args.tiny:
    usual = scores_of([lab.user(w) + lab.assistant(y) for w, y in zip(words, before, strict=True)])
    mean, std = usual.mean().item(), usual.std().item()

    def reward(prompts, completions, **kwargs) -> list[float]:
        """Scores in units of the policy's own spread; what GRPOTrainer calls."""
        rows = [p + c for p, c in zip(prompts, completions, strict=True)]
        return ((scores_of(rows) - mean) / std).tolist()

    word = words[0]
    for answer in (lab.ascending(word), lab.nearly(word, 1), lab.descending(word)):
        print(word, "→", answer, f"{reward([lab.user(word)], [lab.assistant(answer)])[0]:+.2f}")

# %% [markdown]
# ## Break it on purpose
#
# Each bug changes one thing and asserts its own signature. What to look for:
#
# - `lora-without-head`: training is as good as ever. The file of the adapter has no `score`, and
#   the reloaded model scores differently. Whether it still ranks well is luck.
# - `descending-only`: accuracy 0.9 and a loss near the best, on pairs like those it trained on. On
#   swapped neighbours the mean difference is near 0. Best-of-4 still works, since the language
#   model's answers differ in the same way as the pairs. The hole is wider: on swapped neighbours
#   it can't tell a right answer from a wrong one.
# - `memorised`: a training loss below 0.2, where 0.325 is the best that is honest; held out, surer
#   than right by more than 0.05.
# - `identical`: loss exactly $\log2$, accuracy 0 (ties don't count), gradient 0.
# - `pad-is-end`: all metrics as in the good run. The score is read at the last *letter*: cut the
#   end token off, and nothing changes. A policy that never stops would not be told.

# %%
if promised and args.bug == "lora-without-head":
    from safetensors import safe_open

    with safe_open(final / "adapter_model.safetensors", "pt") as file:
        kept = [key for key in file.keys() if "score" in key]  # noqa: SIM118, not a dict
    print("of the head the file holds", kept)
    assert not kept and moved > 0.1
    agreement = []
    for seed in range(5):
        torch.manual_seed(seed)
        again = AutoModelForSequenceClassification.from_pretrained(final, num_labels=1)
        again.config.pad_token_id = tokenizer.pad_token_id
        d = differences(list(eval_dataset["neighbours"].select(range(250))), again)
        agreement.append((d > 0).float().mean().item())
    print("accuracy on neighbours, five reloads:", [round(share, 2) for share in agreement])
    results |= {"reloaded_worst": min(agreement), "reloaded_best": max(agreement)}
    assert min(agreement) < results["eval_neighbours_accuracy_after"] - 0.1
    assert results["reversed_true_accuracy"] > 0.95
elif promised and args.bug == "descending-only":
    assert results["eval_reversed_accuracy_after"] > allowed["reversed"] - 0.03
    assert abs(results["neighbours_true_difference"]) < 0.2
elif promised and args.bug == "memorised":
    assert last["loss"] < 0.2 < best["loss"]
    assert results["mean_confidence"] > results["mean_agreement"] + 0.05
    assert max(results[f"eval_{kind}_loss_after"] for kind in eval_dataset) > math.log(2) - 0.1
elif promised and args.bug == "identical":
    assert all(abs(e["loss"] - math.log(2)) < 1e-5 and e["grad_norm"] < 1e-5 for e in log)
    assert all(e["accuracy"] == 0.0 and e["margin"] == 0.0 for e in log)

if args.tiny:
    turns = [lab.user(w) + lab.assistant(y) for w, y in zip(probe, before, strict=False)]
    texts = [tokenizer.apply_chat_template(t, tokenize=False) for t in turns]
    cut = [text.removesuffix(tokenizer.eos_token) for text in texts]
    with torch.no_grad():
        finished, unfinished = (
            trainer.model.eval()(**tokenizer(t, return_tensors="pt", padding=True)).logits[:, 0]
            for t in (texts, cut)
        )
    apart = (finished - unfinished).abs().mean().item()
    results["finished_minus_cut"] = apart
    print(f"without its end token the score of an answer differs by {apart:.5f} on average")
    if promised and args.bug == "pad-is-end":
        assert apart < 1e-5
        assert results["reversed_true_accuracy"] > 0.95
    elif promised and args.bug is None:
        assert apart > 1e-2

# %% [markdown]
# The numbers on this page and its curves come from this file.

# %%
if args.metrics:
    lab.write_record(args.metrics, log, results, samples, args.seed, shares.series())
print("all checks passed")

# %% [markdown]
# ## Exercises
#
# 1. A judge errs in two pairs of ten. Write down the best loss, accuracy and difference before you
#    change `flipped` in the script.
#
#    <details class="answer"><summary>Answer</summary>
#
#    Accuracy 0.8. The difference of a right pair is $\log\frac{0.8}{0.2}=\log4\approx1.39$. The
#    loss is the entropy of 0.2, $-0.8\log0.8-0.2\log0.2\approx0.500$. More noise does not make the
#    model wrong, it makes it modest.
#    </details>
#
# 2. In the record of `--bug memorised`, which single logged number proves that the model learns
#    pairs by heart, without any held-out data?
#
#    <details class="answer"><summary>Answer</summary>
#
#    `loss`. No model that ignores *which* pair it sees can go below the entropy of the judge's
#    errors, 0.325, on average over the training set. The run ends far below. `accuracy` above 0.9
#    says the same: it agrees with the judge even where the judge erred.
#    </details>
#
# 3. Best of 16 in place of best of 4: what changes for `ascending_after`, and what for the hole?
#
#    <details class="answer"><summary>Answer</summary>
#
#    The ceiling rises: more draws, more words with an ascending answer among them. But sixteen
#    draws also offer more odd answers, and the highest of many scores is the one on which the
#    model errs most. The more one searches, the more of the score's errors one finds;
#    the [guide](/guides/reward-modeling/#best-of-n-and-what-it-costs) works it out.
#    </details>
