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
# title = "Train with CPO or SimPO: the reference goes"
# question = "What holds a model in place when no reference does, and how do you see that it slips?"
# summary = """The DPO script without its second model. CPO, SimPO, CPO-SimPO and AlphaPO by \
#   flags, a first loss that you compute yourself, the drift that no metric shows, and failures \
#   on demand."""
# trainers = ["cpo"]
# difficulty = 2
# prerequisites = [
#   "The rung below: [train with DPO](/examples/dpo-training/)",
#   "What the loss does: [CPO and SimPO](/guides/cpo-and-simpo/)",
# ]
# covers = [
#   "which flags make which method",
#   "first-loss check without a reference",
#   "what the loss can reach, anchor included",
#   "drift from the initial model, by samples",
#   "reproduced failures, one of them NaN",
#   "LoRA and other memory recipes",
#   "save and reload",
# ]
# papers = ["2401.08417", "2405.14734", "2501.03884"]
# next = ["trainers/cpo", "guides/cpo-and-simpo"]
# unchecked = [
#   "the default run, which downloads a model and wants a GPU: neither its time nor its memory",
#   "the flag --load-in-4bit, which needs CUDA",
# ]
# recipes = [
#   "--lora",
#   "--gradient-checkpointing --loss-type simpo --cpo-alpha 0 --simpo-gamma 1.375 --beta 2.5",
#   "--loss-type alphapo --alpha 0.25",
#   "--loss-type ipo --cpo-alpha 0.5",
#   "--loss-type hinge",
# ]
#
# [[tool.tutorial.plots]]
# title = "A judge who never errs: with the anchor, and without"
# text = """The same pairs, the same β. Without the likelihood of the chosen answers nothing holds \
#   the model: half of its answers are lost while its loss is the lowest of all."""
# series = ["ascending_share", "neither_share", "logps/chosen", "loss"]
# variants = ["anchored", "bug-no-anchor"]
#
# [[tool.tutorial.plots]]
# title = "CPO and SimPO, the judge errs in one pair of ten"
# text = """SimPO has no anchor. It learns the order as fast, and loses a little more of the \
#   rest."""
# series = ["ascending_share", "neither_share", "rewards/margins"]
# variants = ["plain", "simpo"]
#
# [[tool.tutorial.plots]]
# title = "SimPO with the β of DPO: a target 30 times further"
# text = """The target γ/β is 0.17 nats a token at β = 3 and 5 at β = 0.1. The reward margin \
#   looks tame, since β scales it; the log-probability of the rejected answer does not."""
# series = ["rewards/margins", "logps/rejected", "neither_share"]
# variants = ["simpo", "bug-small-beta"]
#
# [tool.tutorial.bugs]
# no-anchor = """A judge who never errs, and `cpo_alpha` 0. The loss goes to 0, and so does the \
#   model's skill."""
# small-beta = """SimPO with β = 0.1. The gradient is small and the target far: samples are lost."""
# swapped = "Chosen and rejected exchanged. Every metric looks healthy; only samples tell."
# empty = """The prompt fills `max_length`, so a mean over no tokens is 0/0. The logged loss says \
#   0.0; the weights are NaN."""
#
# [tool.tutorial.variants]
# simpo = ["--loss-type", "simpo", "--cpo-alpha", "0"]
# anchored = ["--flipped", "0"]
#
# [tool.tutorial.hardware]
# "Default run" = "Time and memory not measured."
# ///
# Longer than 250 lines: it is a page too, prose, checks and exercises included.

# %% [markdown]
# **The one new idea after [DPO](/examples/dpo-training/): the reference goes.** `CPOTrainer` holds
# one model. The margin is a difference of log-probabilities, not of log-ratios, so half of the
# forward work and one copy of the weights are saved. What the reference did must be done by
# something else, or by nothing:
#
# - the first loss is no longer $\log 2$, so this script computes what it must be;
# - no term compares the policy with the model it was. CPO puts the likelihood of the chosen answers
#   in that place, SimPO puts nothing; so the script measures the drift itself.
#
# Model, words and judge are those of the DPO script: a prompt is a word of five letters, the
# warm model sorts it either way, and a judge prefers ascending and errs in one pair of ten.
#
# ```bash
# # CPO: the run on this page
# uv run cpo_training.py --tiny
#
# # SimPO
# uv run cpo_training.py --tiny \
#     --loss-type simpo --cpo-alpha 0
#
# # CPO, going wrong
# uv run cpo_training.py --tiny \
#     --bug no-anchor
#
# # a real model; wants a GPU
# uv run cpo_training.py
# ```
#
# `--tiny` needs `lab.py` in the same folder.

# %%
import argparse
import math
import os
import tempfile
from pathlib import Path

os.environ.setdefault("TRL_EXPERIMENTAL_SILENCE", "1")  # the trainer lives in trl.experimental

BUGS = ["no-anchor", "small-beta", "swapped", "empty"]
LOSSES = ["sigmoid", "simpo", "alphapo", "hinge", "ipo"]
parser = argparse.ArgumentParser(description="CPO and SimPO with TRL, checked at every step.")
parser.add_argument("--tiny", action="store_true", help="the synthetic world, on a CPU")
parser.add_argument("--bug", choices=BUGS, help="goes wrong in one way; needs --tiny")
parser.add_argument("--model", default="Qwen/Qwen2.5-0.5B-Instruct")
parser.add_argument("--dataset", default="trl-lib/ultrafeedback_binarized")
parser.add_argument("--loss-type", choices=LOSSES, default="sigmoid")
parser.add_argument("--cpo-alpha", type=float, default=1.0, help="weight of the likelihood term")
parser.add_argument("--beta", type=float, help="default: see the settings below")
parser.add_argument("--simpo-gamma", type=float, default=0.5)
parser.add_argument("--alpha", type=float, default=0.0, help="AlphaPO's shape; 0 is log p")
parser.add_argument("--flipped", type=float, default=0.1, help="--tiny: how often the judge errs")
parser.add_argument("--learning-rate", type=float, help="default: 1e-4 with --tiny, else 1e-6")
parser.add_argument("--max-steps", type=int, help="default: 120 with --tiny, else one epoch")
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--gradient-checkpointing", action="store_true")
parser.add_argument("--lora", action="store_true")
parser.add_argument("--load-in-4bit", action="store_true", help="CUDA; pip install bitsandbytes")
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
chosen_flags = (args.loss_type, args.cpo_alpha, args.beta, args.simpo_gamma, args.alpha)
own = (*chosen_flags, args.learning_rate, args.max_steps, args.lora, args.flipped)
promised = args.tiny and own == ("sigmoid", 1.0, None, 0.5, 0.0, None, None, False, 0.1)

if args.bug == "no-anchor":
    args.cpo_alpha, args.flipped = 0.0, 0.0
elif args.bug == "small-beta":
    args.loss_type, args.cpo_alpha, args.beta = "simpo", 0.0, 0.1
elif args.bug == "empty":
    args.loss_type, args.cpo_alpha, args.max_steps = "simpo", 0.0, 3

# %% [markdown]
# ## Which method is this?
#
# One trainer, three flags, and the name of the method follows from all three. `alphapo` is short
# for `simpo` with `cpo_alpha` 0; the shape α stays 0 unless you set it, and at 0 it *is* SimPO.


# %%
def method(loss_type: str, cpo_alpha: float, alpha: float) -> str:
    """What the literature calls it."""
    if loss_type == "alphapo":
        loss_type, cpo_alpha = "simpo", 0.0
    name = {"sigmoid": "CPO", "simpo": "CPO-SimPO"}.get(loss_type, f"CPO with {loss_type}")
    if cpo_alpha == 0:
        name = {"sigmoid": "CPO without its anchor", "simpo": "SimPO"}.get(loss_type, loss_type)
    if alpha:
        name = "AlphaPO" if name == "SimPO" else f"{name}, shaped"
    return name


assert method("simpo", 1.0, 0.0) == "CPO-SimPO"  # the default cpo_alpha does not give SimPO
assert method("alphapo", 1.0, 0.0) == "SimPO"
print("method:", method(args.loss_type, args.cpo_alpha, args.alpha))

# %% [markdown]
# ## The model
#
# One model, and nothing has to find its path again: a model built in memory would do. The
# tiny one has two layers; `SFTTrainer` warms it up, or `--warm-start` takes an earlier warm-up.

# %%
output_dir = args.output_dir or Path(tempfile.mkdtemp(prefix="cpo-"))
if args.tiny:
    import lab

    model_path = str(args.warm_start or lab.warm_up(output_dir / "warm", seed=args.seed))
else:
    model_path = args.model

from transformers import AutoModelForCausalLM, AutoTokenizer, BitsAndBytesConfig

tokenizer = AutoTokenizer.from_pretrained(model_path)
quantised = {}
if args.load_in_4bit:
    quantised["quantization_config"] = BitsAndBytesConfig(
        load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_compute_dtype="bfloat16"
    )
model = AutoModelForCausalLM.from_pretrained(model_path, **quantised)

# %% [markdown]
# ## The data
#
# As for DPO: `prompt`, `chosen`, `rejected`. One thing matters more than there: the *lengths* of
# the two answers. Without a reference the summed log-probability of a long answer is lower than
# that of a short one, whatever they say. In this world both have six tokens, so sums and means
# rank them alike; in yours, look.

# %%
from datasets import load_dataset

if args.tiny:
    train_dataset = lab.preference(4_000, seed=10, flipped=args.flipped)
    eval_dataset = lab.preference(500, seed=11, flipped=args.flipped, held_out=True)
else:
    data = load_dataset(args.dataset)
    train_dataset, eval_dataset = data["train"], data["test"].select(range(200))

if args.bug == "swapped":  # as a loader with the wrong column names does, in both sets
    exchanged = {"chosen": "rejected", "rejected": "chosen"}
    train_dataset = train_dataset.rename_columns(exchanged)
    eval_dataset = eval_dataset.rename_columns(exchanged)

assert {"chosen", "rejected"} <= set(train_dataset.column_names), train_dataset.column_names
for column in train_dataset.column_names:
    print(f"{column:10s}", str(train_dataset[0][column])[:120])

# %% [markdown]
# ## The settings
#
# β counts nats of a *sum* in `sigmoid` and `hinge`, and nats *a token* in `simpo`. The tiny run
# takes β = 0.5 for sums, as the DPO script does, and six times that for means: an answer has six
# tokens, so both push a pair alike. The real run takes TRL's 0.1 for sums, and for `simpo` the 2.5
# of its authors' configuration (trl#5071). `CPOConfig.simpo_gamma` is γ itself, in units of
# reward: the code subtracts γ/β from the margin and multiplies by β afterwards.
#
# Recipes for a small memory: `--gradient-checkpointing` recomputes activations (TRL has it on by
# default, this script turns it off), `--lora` trains small matrices, `--load-in-4bit` stores the
# frozen weights in 4 bits. There are no reference log-probabilities to precompute.

# %%
from trl.experimental.cpo import CPOConfig, CPOTrainer

is_mean = args.loss_type in ("simpo", "alphapo", "ipo")
usual = {(True, False): 0.5, (True, True): 3.0, (False, False): 0.1, (False, True): 2.5}
beta = args.beta or usual[args.tiny, is_mean]
rate = args.learning_rate or (1e-4 if args.tiny else 1e-6) * (10 if args.lora else 1)
if args.tiny:
    size = lab.tiny_arguments(
        output_dir,
        max_steps=args.max_steps or 120,
        per_device_train_batch_size=32,
        per_device_eval_batch_size=100,
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
if args.bug == "empty":
    size["max_length"] = 8  # just the prompt

config = CPOConfig(
    loss_type=args.loss_type,
    cpo_alpha=args.cpo_alpha,
    beta=beta,
    simpo_gamma=args.simpo_gamma,
    alpha=args.alpha,
    learning_rate=rate,
    seed=args.seed,
    remove_unused_columns=False,  # the trainer would set it, and say so
    **size,
)
print({name: getattr(config, name) for name in ("loss_type", "cpo_alpha", "beta", "alpha")})

# %%
from peft import LoraConfig
from transformers import PrinterCallback

trainer = CPOTrainer(
    model=model,
    args=config,
    train_dataset=train_dataset,
    eval_dataset=eval_dataset,
    processing_class=tokenizer,
    peft_config=LoraConfig(r=16, target_modules="all-linear") if args.lora else None,
)
trainer.remove_callback(PrinterCallback)  # the log is read below instead of scrolling by
assert not hasattr(trainer, "ref_model"), "there is one model"

# %% [markdown]
# ## One batch
#
# The two sides of a pair are stored as sequences of their own, prompt included, each with labels:
# −100 where nothing is to be learnt. The trainer stacks them, chosen rows first, before the one
# forward pass.

# %%
row = trainer.train_dataset[0]
for side in ("chosen", "rejected"):
    ids, labels = row[f"{side}_input_ids"], row[f"{side}_labels"]
    counted = tokenizer.decode([label for label in labels if label != -100])
    print(f"{side:8s} sees {tokenizer.decode(ids)}")
    print(f"{'':8s} pays for {counted}")
    if args.bug != "empty":
        assert counted.endswith(tokenizer.eos_token), "cut, or an end token is missing"
    if args.tiny and args.bug != "empty":
        assert labels[: len(labels) - 6] == [-100] * 8 and counted == tokenizer.decode(ids[8:])

# %% [markdown]
# ## The first loss
#
# DPO begins at $\log 2$ because policy and reference are the same model. Here nothing is the same
# as anything, and the first loss depends on the model and the data. Two things can still be
# checked:
#
# 1. *Its value, computed by hand.* Score the pairs yourself, and put the log-probabilities into the
#    formula. That tests masks, sums against means, γ and the weight of the likelihood.
# 2. *Its floor.* Were both answers of each pair equally likely, the preference term would be
#    $-\log\sigma(0)=\log2$ for CPO and $-\log\sigma(-\gamma)$ for SimPO: 0.974 at γ = 0.5, 1.600 at
#    γ = 1.375. By Jensen's inequality pairs that differ at random around that can only cost more.

# %%
import torch
import torch.nn.functional as F


@torch.no_grad()
def scored(policy: torch.nn.Module, sequences: list[tuple[list[int], int]]) -> torch.Tensor:
    """Summed log-probability of what follows the first `start` ids, for each (ids, start)."""
    width = max(len(ids) for ids, _ in sequences)
    # padding stands on the right, where a causal model does not look
    table = torch.tensor([ids + [0] * (width - len(ids)) for ids, _ in sequences])  # (N, T)
    starts = torch.tensor([[start] for _, start in sequences])
    ends = torch.tensor([[len(ids)] for ids, _ in sequences])
    position = torch.arange(1, width)
    counted = (position >= starts) & (position < ends)  # (N, T-1)
    log_probs = policy.eval()(table).logits[:, :-1].log_softmax(-1)  # (N, T-1, vocabulary)
    policy.train()
    return (log_probs.gather(-1, table[:, 1:, None]).squeeze(-1) * counted).sum(1)


def preference_loss(w: torch.Tensor, l: torch.Tensor) -> torch.Tensor:
    """The loss of pairs by their scores, a sum or a mean of log-probabilities each."""
    if config.alpha:
        w, l = ((1 - torch.exp(-config.alpha * side)) / config.alpha for side in (w, l))
    z = config.beta * (w - l)
    return {
        "sigmoid": -F.logsigmoid(z),
        "simpo": -F.logsigmoid(z - config.simpo_gamma),
        "hinge": torch.relu(1 - z),
        "ipo": (w - l - 1 / (2 * config.beta)) ** 2,
    }[config.loss_type]


held_out_before = trainer.evaluate()
print(f"first loss, held out {held_out_before['eval_loss']:.4f}")
if args.tiny and args.bug != "empty":
    sides = {}
    for side in ("chosen", "rejected"):
        rows = [r[f"{side}_input_ids"] for r in trainer.eval_dataset]
        sides[side] = scored(trainer.model, [(ids, 8) for ids in rows])
    w, l = (side / 6 if is_mean else side for side in sides.values())
    nll = -sides["chosen"].mean() / 6
    expected = (preference_loss(w, l).mean() + config.cpo_alpha * nll).item()
    print(f"computed by hand     {expected:.4f}")
    assert abs(held_out_before["eval_loss"] - expected) < 1e-3 * expected
    if config.loss_type in ("sigmoid", "simpo"):
        shift = config.beta * (w - l).mean() if not config.alpha else torch.tensor(0.0)
        gamma = config.simpo_gamma if config.loss_type == "simpo" else 0.0
        floor = (-F.logsigmoid(shift - gamma) + config.cpo_alpha * nll).item()
        print(f"with equal answers   {floor:.4f}")
        assert config.alpha or floor <= expected < floor + 0.2
elif args.bug == "empty":
    assert math.isnan(held_out_before["eval_loss"]), "the mean of no tokens"

# %% [markdown]
# Accuracy begins near ½, not at 0: log-probabilities differ from the start, so ties are rare.
#
# ## The best loss
#
# Let *s* be the log-odds that the model gives the ascending answer against the descending one,
# and let these two share all probability. Nine pairs of ten count *s*, the tenth counts $-s$:
#
# $$
# \begin{aligned}
# &0.9\,L(\beta s)+0.1\,L(-\beta s)\\
# &\;+\tfrac a6\big(-0.9\log\sigma(s)-0.1\log\sigma(-s)\big),
# \end{aligned}
# $$
#
# with *a* for `cpo_alpha` and $L(z)=-\log\sigma(z)$ for CPO. (SimPO: $L(z)=-\log\sigma(z-\gamma)$,
# and $\beta s/6$.) The first line alone is smallest at $\beta s=\log9$, the second at $s=\log9$:
# the anchor wants the share of the judge's verdicts, the preference term exaggerates it by 1/β.
# The sum lies between.
#
# No start and no reference stand in this formula. In DPO 9 verdicts of 10 multiply the *initial*
# odds by 81; here they set the odds, whatever they were.

# %%
best = None
if args.tiny and config.loss_type in ("sigmoid", "simpo") and not config.alpha and args.flipped:
    s = torch.linspace(0, 40, 40_001, dtype=torch.float64)
    one, zero = s / (6 if is_mean else 1), torch.zeros_like(s)
    right, wrong = preference_loss(one, zero), preference_loss(zero, one)
    anchor = -(1 - args.flipped) * F.logsigmoid(s) - args.flipped * F.logsigmoid(-s)
    total = (1 - args.flipped) * right + args.flipped * wrong + config.cpo_alpha * anchor / 6
    at = total.argmin()
    margin = (1 - 2 * args.flipped) * config.beta * one[at]  # the wrong pairs count negative
    best = {"loss": total[at].item(), "log_odds": s[at].item(), "margin": margin.item()}
    print("at best:", {name: round(value, 3) for name, value in best.items()})

# %% [markdown]
# ## What the model says before
#
# Samples on held-out words, before, during and after.

# %%
if args.tiny:
    prompts = lab.make_words(500, seed=99, held_out=True)
else:
    rows = eval_dataset.select(range(3))
    prompts = [row["prompt"] if "prompt" in row else row["chosen"][:-1] for row in rows]


def say() -> list[str]:
    """The policy's own answers to the prompts: sampled in the lab, the likeliest else."""
    if args.tiny:  # nobody can sample from NaN, but take the largest
        return lab.sample(trainer.model, tokenizer, prompts, greedy=args.bug == "empty")
    answers = []
    for messages in prompts:
        inputs = tokenizer.apply_chat_template(
            messages, add_generation_prompt=True, return_dict=True, return_tensors="pt"
        ).to(trainer.model.device)
        with torch.no_grad():
            out = trainer.model.generate(**inputs, max_new_tokens=128, do_sample=False)
        new = out[0, inputs["input_ids"].shape[1] :]
        answers.append(tokenizer.decode(new, skip_special_tokens=True))
    return answers


before = say()
for prompt, answer in list(zip(prompts, before, strict=True))[:3]:
    print(prompt if args.tiny else prompt[-1]["content"][:70], "→", answer[:70])

# %% [markdown]
# ## Train

# %%
if args.tiny:
    shares = lab.SampledShares(lambda policy, words: say(), prompts)
    trainer.add_callback(shares)

trainer.train()

# %% [markdown]
# ## Read the log
#
# `rewards/chosen` is β times a log-probability now: always negative, and its start says nothing.
# Watch `logps/chosen`: with the anchor it rises. `nll_loss` is exactly 0 when `cpo_alpha` is 0,
# which tells SimPO from CPO-SimPO in any log. Means below are over the last twenty steps.

# %%
log = [entry for entry in trainer.state.log_history if "loss" in entry]
last = {key: sum(entry[key] for entry in log[-20:]) / len(log[-20:]) for key in log[-1]}
held_out = trainer.evaluate()
print(f"{'':20s} {'first':>8s} {'last':>8s} {'held out':>8s}")
shown = ("loss", "nll_loss", "rewards/accuracies", "rewards/margins", "logps/chosen")
for key in (*shown, "logps/rejected"):
    print(f"{key:20s} {log[0][key]:8.3f} {last[key]:8.3f} {held_out['eval_' + key]:8.3f}")
for step, counts in shares.seen if args.tiny else ():
    print(step, {name: round(share, 3) for name, share in counts.items()})
assert (held_out["eval_nll_loss"] == 0.0) == (config.cpo_alpha == 0)

# %% [markdown]
# ## How far did it go?
#
# DPO's implicit reward *is* a log-ratio to the start, so its log shows the drift. Here no metric
# does. Score the model's own answers under itself and under a fresh copy of the start; the mean
# difference estimates $\mathrm{KL}(\pi_\theta\Vert\pi_{\mathrm{start}})$ in nats an answer.

# %%
results = {
    "eval_loss_after": held_out["eval_loss"],
    "eval_accuracy_after": held_out["eval_rewards/accuracies"],
    "eval_margin_after": held_out["eval_rewards/margins"],
}
after = say()
samples = [
    {"prompt": str(p) if args.tiny else str(p[-1]["content"])[:200], "before": b, "after": a}
    for p, b, a in zip(prompts[:8], before, after, strict=False)
]
for line in samples:
    print(line)

if args.tiny:
    scores_before, scores_after = lab.evaluate(prompts, before), lab.evaluate(prompts, after)
    results |= {f"{name}_before": value for name, value in scores_before.items()}
    results |= {f"{name}_after": value for name, value in scores_after.items()}
    results["win_rate"] = lab.win_rate(prompts, after, before)
    results["ascending_best"] = max(counts["ascending"] for _, counts in shares.seen)
    if args.bug != "empty":
        turns = [f"<|user|>{p}<|end|><|assistant|>" for p in prompts]
        texts = [turn + a + "<|end|>" for turn, a in zip(turns, after, strict=True)]
        own_answers = [(tokenizer(text)["input_ids"], 8) for text in texts]
        start = AutoModelForCausalLM.from_pretrained(model_path)
        drift = scored(trainer.model, own_answers) - scored(start, own_answers)
        results["kl_to_start"] = drift.mean().item()
    results = {name: value for name, value in results.items() if not math.isnan(value)}
    print({name: round(value, 3) for name, value in results.items()})

# %% [markdown]
# What this page promises, for the settings it was recorded with: the held-out loss within 0.07 of
# the best, the margin within a fifth, more than 88 of 100 words in the preferred order from less
# than 60, less than 5 in the other, and less than 10 in neither.

# %%
if promised and args.bug is None:
    assert 0.4 < log[0]["rewards/accuracies"] < 0.6, "the warm model prefers neither order"
    assert abs(results["eval_loss_after"] - best["loss"]) < 0.07
    assert 0.8 < results["eval_margin_after"] / best["margin"] < 1.2
    assert last["logps/chosen"] > log[0]["logps/chosen"], "the anchor holds the chosen answers"
    assert scores_before["ascending"] < 0.6 < 0.88 < scores_after["ascending"]
    assert scores_after["descending"] < 0.05 and scores_after["neither"] < 0.1
    assert results["win_rate"] > 0.65

# %% [markdown]
# ## Break it on purpose
#
# - `no-anchor`: no reference and no likelihood term, and a judge who never errs. Loss below 0.01,
#   accuracy 1, and half of the answers are lost. `logps/chosen` turns and falls. The variant
#   `anchored` has the same pairs and keeps its anchor: nothing is lost.
# - `small-beta`: SimPO with DPO's β. The first gradient is a thirtieth of that at β = 3, so one
#   expects nothing to happen. But AdamW divides the scale out, and the target is γ/β = 5 nats a
#   token: the push does not end before the model is lost.
# - `swapped`: no metric tells. Read ten pairs before training, and samples after it.
# - `empty`: truncation removes the answer, not the prompt. A warning says so, once. The mean over
#   no tokens is 0/0; transformers replaces a NaN in the logged loss, so the log says 0.0. The
#   gradient norm and the rewards are NaN, and after one step so are the weights.

# %%
first = log[0]
if promised and args.bug == "no-anchor":
    assert last["loss"] < 0.01 and last["rewards/accuracies"] > 0.99
    assert scores_after["ascending"] < results["ascending_best"] - 0.2
    assert last["logps/chosen"] < first["logps/chosen"] < max(e["logps/chosen"] for e in log)
elif promised and args.bug == "small-beta":
    assert first["grad_norm"] < 0.3
    assert last["logps/chosen"] - last["logps/rejected"] > 3, "nats a token"
    assert scores_after["neither"] > 0.3
elif promised and args.bug == "swapped":
    assert abs(last["loss"] - best["loss"]) < 0.12 and last["rewards/accuracies"] > 0.8
    assert scores_after["descending"] > 0.8 and scores_after["ascending"] < 0.1
elif promised and args.bug == "empty":
    assert all(e["loss"] == 0.0 and math.isnan(e["grad_norm"]) for e in log)
    assert all(p.isnan().all() for p in trainer.model.parameters() if p.ndim == 2 and len(p) == 64)

# %% [markdown]
# ## Save, reload, compare

# %%
from peft import AutoPeftModelForCausalLM

trainer.save_model(str(output_dir / "final"))
if not args.load_in_4bit and args.bug != "empty":
    load = AutoPeftModelForCausalLM if args.lora else AutoModelForCausalLM
    reloaded = load.from_pretrained(output_dir / "final", dtype=trainer.model.dtype)
    reloaded = reloaded.to(trainer.model.device).eval()
    probe = torch.tensor([row["chosen_input_ids"]], device=trainer.model.device)
    with torch.no_grad(), trainer.accelerator.autocast():  # both at the trainer's precision
        pair = [m(probe).logits.float() for m in (trainer.model.eval(), reloaded)]
    assert torch.allclose(*pair, atol=1e-5), "the reloaded model differs"

# %%
if args.metrics:  # JSON has no NaN
    finite = [{k: v for k, v in e.items() if v == v} for e in log]
    lab.write_record(args.metrics, finite, results, samples, args.seed, shares.series())
print("all checks passed")

# %% [markdown]
# ## Exercises
#
# 1. The warm model of a colleague prefers descending, 20 to 1. Both of you train to convergence
#    with β = 0.5 and the judge of this page, one with DPO, one with CPO and `--cpo-alpha 0`. What
#    odds of ascending to descending does theory give to each?
#
#    <details class="answer"><summary>Answer</summary>
#
#    Nine verdicts of ten want a reward margin of $\log9$, so a factor of $9^{1/0.5}=81$. In DPO it
#    multiplies the initial odds: $81/20\approx4$. In CPO it is the odds themselves: 81. The
#    reference is a memory of the start; without it nothing remembers.
#    </details>
#
# 2. A log of "SimPO" shows `nll_loss` 0.14 at the first step. What is being trained?
#
#    <details class="answer"><summary>Answer</summary>
#
#    CPO-SimPO: `loss_type="simpo"` leaves `cpo_alpha` at 1. SimPO needs `cpo_alpha=0`, and then
#    `nll_loss` is exactly 0.
#    </details>
#
# 3. The log of `--bug empty` says `loss` 0.0 from the first step on. Which logged values tell this
#    from a solved task?
#
#    <details class="answer"><summary>Answer</summary>
#
#    `grad_norm`, `rewards/chosen` and `logps/chosen` are NaN; and `rewards/accuracies` is 0, since
#    NaN is greater than nothing. `CPOTrainer.evaluate` reports the NaN loss itself.
#    </details>
