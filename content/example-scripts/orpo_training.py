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
# title = "Train with ORPO: from random weights to a preference in one stage"
# question = "Can one loss teach a skill and a preference at once, and what does the log say?"
# summary = """A complete ORPO script without reference and without warm-up: asserts at every \
#   step, the same pairs as the DPO script, the SFT-only limit, and failures on demand."""
# trainers = ["orpo"]
# difficulty = 1
# prerequisites = [
#   "Python; having run a training script once",
#   "What the loss does: [the ORPO loss](/guides/orpo-loss/)",
#   "[Train with DPO](/examples/dpo-training/), the script before this one",
# ]
# covers = [
#   "one stage in place of two",
#   "first-loss check without a reference",
#   "the floor of the NLL",
#   "where the odds ratio stops when the judge errs",
#   "the SFT-only limit",
#   "evaluation by samples",
#   "reproduced failures",
#   "LoRA and other memory recipes",
#   "save and reload",
# ]
# papers = ["2403.07691"]
# next = ["trainers/orpo", "guides/orpo-loss"]
# unchecked = [
#   "the default run, which downloads a model and wants a GPU: neither its time nor its memory",
#   "the flag --load-in-4bit, which needs CUDA",
# ]
# recipes = [
#   "--warm --lora",
#   "--gradient-checkpointing",
#   "--beta 0.5 --learning-rate 0.001",
# ]
#
# [[tool.tutorial.plots]]
# title = "With the odds ratio (β = 0.1) and without it (β = 0)"
# text = """Both learn to sort from random weights. The run without the odds ratio answers \
#   better, and its log odds ratio ends higher: with a judge who errs in one pair of ten, the \
#   penalty wants 2.2 and pulls back from more."""
# series = ["ascending_share", "neither_share", "log_odds_chosen", "nll_loss"]
# variants = ["plain", "sft-only"]
#
# [[tool.tutorial.plots]]
# title = "β thirty times too high: the accuracy is the same, the skill never comes"
# text = """By accuracy the two runs can't be told apart. By `nll_loss` they can: the penalty owns \
#   the gradient, and the chosen answers stay unlikely."""
# series = ["rewards/accuracies", "nll_loss", "logps/chosen", "ascending_share"]
# variants = ["plain", "bug-beta-too-high"]
#
# [[tool.tutorial.plots]]
# title = "From random weights and from a fine-tuned model"
# text = """The fine-tuned model starts with the *higher* NLL: it was never trained on prompts, \
#   and ORPO's NLL counts them."""
# series = ["ascending_share", "descending_share", "nll_loss"]
# variants = ["plain", "warm"]
#
# [[tool.tutorial.plots]]
# title = "Swapped labels: by its own metrics as good as the run on this page"
# series = ["loss", "rewards/accuracies", "ascending_share"]
# variants = ["plain", "bug-swapped"]
#
# [tool.tutorial.bugs]
# beta-too-high = "β = 3. The penalty drowns the NLL: accuracy as before, nothing can be sorted."
# learning-rate = """Ten times the learning rate. The prompts are learnt, the sorting is not; \
#   accuracy as before."""
# swapped = "Chosen and rejected exchanged. Every metric looks healthy; only samples tell."
# truncated = """Answers cut before they differ, and before they end. The log odds ratio is 0 for \
#   ever, while the loss falls nicely: only the NLL is trained, on beginnings."""
# prompt-counted = """The prompt left inside both answers. The odds are then those of the prompt, \
#   mostly; the samples don't suffer here."""
#
# [tool.tutorial.variants]
# sft-only = ["--beta", "0"]
# warm = ["--warm"]
#
# [tool.tutorial.hardware]
# "Default run" = "Time and memory not measured."
# ///
# Longer than 250 lines: it is a page too, prose, checks and exercises included.

# %% [markdown]
# **The one new idea: no reference and no fine-tuning before.** The
# [DPO script](/examples/dpo-training/) needs a model that can already sort, and a frozen copy of
# it. `ORPOTrainer` starts here from *random weights*. One loss teaches the letters, the sorting,
# and which of two orders is wanted: the likelihood of the chosen answers, plus a penalty on the
# [odds](glossary:odds) of the rejected ones.
#
# By default the script loads a real base model and a real data set from the Hub. With `--tiny` it
# runs on a CPU, without a network. A prompt is a word of five letters; the chosen answer has them
# in ascending order, the rejected one in descending order, and the judge errs in one pair of ten.
# They are the DPO script's pairs, row for row, so the two can be compared.
#
# ```bash
# # the run on this page
# uv run orpo_training.py --tiny
# # without the penalty: SFT
# uv run orpo_training.py --tiny --beta 0
# # from where DPO starts
# uv run orpo_training.py --tiny --warm
# # a real model; wants a GPU
# uv run orpo_training.py
# ```
#
# `--tiny` needs `lab.py` in the same folder.

# %%
import argparse
import math
import tempfile
from pathlib import Path

BUGS = ["beta-too-high", "learning-rate", "swapped", "truncated", "prompt-counted"]
parser = argparse.ArgumentParser(description="ORPO with TRL, checked at every step.")
parser.add_argument("--tiny", action="store_true", help="the synthetic world, on a CPU")
parser.add_argument("--bug", choices=BUGS, help="goes wrong in one way; needs --tiny")
parser.add_argument("--model", default="Qwen/Qwen2.5-0.5B")
parser.add_argument("--dataset", default="trl-lib/ultrafeedback_binarized")
parser.add_argument("--beta", type=float, help="default: 0.1, TRL's")
parser.add_argument("--learning-rate", type=float, help="default: see the settings below")
parser.add_argument("--max-steps", type=int, help="default: 300 with --tiny, else one epoch")
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--gradient-checkpointing", action="store_true")
parser.add_argument("--lora", action="store_true")
parser.add_argument(
    "--load-in-4bit", action="store_true", help="CUDA only; pip install bitsandbytes"
)
parser.add_argument("--warm", action="store_true", help="with --tiny: fine-tune first, as for DPO")
parser.add_argument("--warm-start", type=Path, help="a folder that lab.warm_up has written")
parser.add_argument("--output-dir", type=Path, help="default: a temporary folder")
parser.add_argument("--metrics", type=Path, help="with --tiny: write what the run did as JSON")
args, _ = parser.parse_known_args()  # a notebook passes arguments of its own
if args.bug and not args.tiny:
    parser.error("--bug needs --tiny: the failures are measured in the synthetic world")
if (args.metrics or args.warm) and not args.tiny:
    parser.error("--metrics and --warm need --tiny")
if args.load_in_4bit and (args.tiny or not args.lora):
    parser.error("--load-in-4bit needs --lora and CUDA: weights of 4 bits can't be trained")

# %% [markdown]
# ## The model
#
# A *base* model: ORPO's likelihood term is the fine-tuning stage. Nobody needs a second copy of
# it, so a model that exists only in memory is as good as a path. Load it yourself all the same:
# given a path, `ORPOTrainer` keeps the dtype of the checkpoint. In bfloat16 weights, an update of
# 1e-6 is rounded away.
#
# The tiny model has two layers and random weights. `--warm` fine-tunes it first on answers of
# which half ascend and half descend, which is where the DPO script begins.

# %%
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, BitsAndBytesConfig

output_dir = args.output_dir or Path(tempfile.mkdtemp(prefix="orpo-"))
warm = args.warm or args.warm_start is not None
if args.tiny:
    import lab

    tokenizer = lab.make_tokenizer()
    model = lab.make_model(tokenizer, seed=args.seed)
    if warm:
        folder = args.warm_start or lab.warm_up(output_dir / "warm", seed=args.seed)
        model = AutoModelForCausalLM.from_pretrained(folder)
else:
    tokenizer = AutoTokenizer.from_pretrained(args.model)
    how = {"dtype": torch.float32}
    if args.load_in_4bit:
        how["quantization_config"] = BitsAndBytesConfig(
            load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_compute_dtype="bfloat16"
        )
    model = AutoModelForCausalLM.from_pretrained(args.model, **how)
assert tokenizer.pad_token_id is not None, "the collator pads, and ORPOTrainer sets no pad token"

# %% [markdown]
# ## The data
#
# Three columns, as for DPO: `prompt`, `chosen`, `rejected`. In this world both answers hold the
# same letters and are of equal length. One pair of ten is wrong: real judges disagree too.

# %%
from datasets import load_dataset

if args.tiny:
    wrong_share, other = 0.1, "nearly" if args.bug == "truncated" else "descending"
    train_dataset = lab.preference(4_000, seed=10, rejected=other, flipped=wrong_share)
    eval_dataset = lab.preference(500, seed=11, rejected=other, flipped=wrong_share, held_out=True)
else:
    data = load_dataset(args.dataset)
    train_dataset, eval_dataset = data["train"], data["test"].select(range(200))


def with_prompt_inside(row: dict) -> dict:
    """Both sides as whole texts, and an empty prompt: as data that was rendered beforehand."""
    sides = ("chosen", "rejected")
    texts = [tokenizer.apply_chat_template(row["prompt"] + row[s], tokenize=False) for s in sides]
    return {"prompt": "", "chosen": texts[0], "rejected": texts[1]}


if args.bug == "swapped":
    exchanged = {"chosen": "rejected", "rejected": "chosen"}
    train_dataset = train_dataset.rename_columns(exchanged)
    eval_dataset = eval_dataset.rename_columns(exchanged)
elif args.bug == "prompt-counted":
    train_dataset = train_dataset.map(with_prompt_inside)
    eval_dataset = eval_dataset.map(with_prompt_inside)

assert {"chosen", "rejected"} <= set(train_dataset.column_names), train_dataset.column_names
for column in train_dataset.column_names:
    print(f"{column:10s}", str(train_dataset[0][column])[:120])

# %% [markdown]
# ## The settings
#
# `ORPOConfig.beta` is the paper's λ: the weight of the penalty beside the likelihood. 0.1 is TRL's
# default and that of the authors' 7B script. The learning rate is that of *fine-tuning*, since
# that is what most of the loss does: the authors' script takes 5e-6, TRL's default is 1e-6. Random
# weights want 3e-3 in this world, fine-tuned ones a third of it.

# %%
beta = 0.1 if args.beta is None else args.beta
learning_rate = args.learning_rate
if learning_rate is None:
    learning_rate = (1e-3 if warm else 3e-3) if args.tiny else 5e-6
    learning_rate *= 10 if args.lora else 1
if args.bug == "beta-too-high":
    beta *= 30
if args.bug == "learning-rate":
    learning_rate *= 10

# %% [markdown]
# Recipes for a small memory. There is no reference to save; what is left:
#
# - `--gradient-checkpointing` recomputes activations in the backward pass. TRL has it on by
#   default; this script turns it off.
# - `--lora` trains small matrices. On random weights that is senseless, so use it with `--warm`.
# - `--load-in-4bit` stores the frozen weights in 4 bits, together with `--lora`. It needs CUDA.
#
# With `--warm` the schedule is that of the DPO script: 120 steps of 32 pairs.

# %%
from trl.experimental.orpo import ORPOConfig, ORPOTrainer

if args.tiny:
    size = lab.tiny_arguments(
        output_dir,
        max_steps=args.max_steps or (120 if warm else 300),
        per_device_train_batch_size=32 if warm else 64,
        per_device_eval_batch_size=100,
        lr_scheduler_type="linear" if warm else "cosine",
        warmup_steps=0 if warm else 20,
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
size["remove_unused_columns"] = False  # what the trainer sets anyway, with a warning
if args.bug == "truncated":
    size["max_length"] = 11  # eight tokens of prompt, three letters; they differ in the fourth

config = ORPOConfig(beta=beta, learning_rate=learning_rate, seed=args.seed, **size)

# %% [markdown]
# ## The trainer
#
# No `ref_model`: there is no such argument. One model stands in memory.

# %%
from peft import LoraConfig
from transformers import PrinterCallback

trainer = ORPOTrainer(
    model=model,
    args=config,
    train_dataset=train_dataset,
    eval_dataset=eval_dataset,
    processing_class=tokenizer,
    peft_config=LoraConfig(r=16, target_modules="all-linear") if args.lora else None,
)
trainer.remove_callback(PrinterCallback)  # the log is read below instead of scrolling by
assert not hasattr(trainer, "ref_model")

# %% [markdown]
# ## One batch
#
# Each side has ids, and labels that are −100 on the prompt. The *odds* are computed from the
# labelled tokens, the *NLL* from all real tokens of the chosen side: prompt included.

# %%
row = trainer.train_dataset[0]
assert {"chosen_input_ids", "chosen_labels", "rejected_labels"} <= set(row), row.keys()

for side in ("chosen", "rejected"):
    labels = [i for i in row[f"{side}_labels"] if i != -100]
    counted = tokenizer.decode(labels)
    print(f"{side:8s} sees {tokenizer.decode(row[f'{side}_input_ids'])}")
    print(f"{'':8s} odds of {counted}")
    assert counted, "no token of this answer counts, so the loss is NaN: look at max_length"
    if args.tiny and args.bug not in ("truncated", "prompt-counted"):
        assert counted.endswith(tokenizer.eos_token) and len(labels) == 6
if not args.bug:
    assert row["chosen_labels"][0] == -100, "the prompt counts as answer"

# %% [markdown]
# ## The first loss
#
# Without a reference nothing cancels, so the first loss depends on the model. But its parts can
# be foretold. A model that has learnt nothing gives each of *V* tokens 1/*V*: the NLL is
# $\log V$, here $\log 24=3.18$. And it finds both answers about equally likely, so the
# [log odds ratio](glossary:odds-ratio) is near 0 and the penalty near β log 2. For any model the
# loss must be the sum of the two parts that are logged:
# `nll_loss` − β · `log_odds_ratio`. The [guide](/guides/orpo-loss/#first-loss-fingerprints) has
# the table.

# %%
held_out_before = trainer.evaluate()
parts = {name: held_out_before[f"eval_{name}"] for name in ("nll_loss", "log_odds_ratio")}
expected = parts["nll_loss"] - beta * parts["log_odds_ratio"]
print(f"first loss {held_out_before['eval_loss']:.4f}, sum of its parts {expected:.4f}")
assert abs(held_out_before["eval_loss"] - expected) < 1e-3 * expected

if args.tiny and not warm:
    fingerprint = math.log(len(tokenizer)) + beta * math.log(2)
    print(f"a model that knows nothing: {fingerprint:.4f}")
    assert abs(held_out_before["eval_loss"] - fingerprint) < 0.03 * fingerprint
    assert abs(parts["log_odds_ratio"] + math.log(2)) < 0.02

# %% [markdown]
# ## The best there is
#
# *The NLL has a floor.* Nobody can guess the letters of a prompt: five different ones of twenty
# are worth $\log(20\cdot19\cdot18\cdot17\cdot16)=14.4$ nats. Whether the judge erred is worth
# another 0.33. Spread over the 13 predicted tokens of a row, that leaves 1.135.
#
# *The odds ratio has a resting place.* With a judge who errs with probability ε the penalty is
# smallest at a log odds ratio of $\log\frac{1-\varepsilon}\varepsilon$, which is 2.2, as in DPO
# without β. But the NLL wants the model to write the chosen answers as often as the data does,
# nine times of ten, and that alone makes the log odds ratio 3.3. So here the penalty pulls *back*
# ([why](/guides/orpo-loss/#where-a-run-comes-to-rest)).

# %%
if args.tiny:
    surprise = -sum(p * math.log(p) for p in (wrong_share, 1 - wrong_share))
    nll_floor = (math.log(20 * 19 * 18 * 17 * 16) + surprise) / 13
    d_penalty = math.log((1 - wrong_share) / wrong_share)
    # nats a token of the six of either answer, if they are written as often as they are chosen
    x, y = (math.log(p) / 6 for p in (1 - wrong_share, wrong_share))
    d_nll = (x - math.log(-math.expm1(x))) - (y - math.log(-math.expm1(y)))
    print(f"NLL at best {nll_floor:.3f}")
    print(f"log odds ratio that the penalty wants {d_penalty:.2f}, that the NLL wants {d_nll:.2f}")

# %% [markdown]
# ## What the model says before
#
# Random weights say random letters.

# %%
if args.tiny:
    prompts = lab.make_words(500, seed=99, held_out=True)
else:
    rows = eval_dataset.select(range(3))
    prompts = [row["prompt"] if "prompt" in row else row["chosen"][:-1] for row in rows]


def say() -> list[str]:
    """The policy's own answers to the prompts: sampled in the lab, the likeliest else."""
    if args.tiny:
        return lab.sample(trainer.model, tokenizer, prompts)
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
#
# A callback samples now and then, and counts which order the answers have: ascending, descending,
# or neither.

# %%
if args.tiny:
    shares = lab.SampledShares(
        lambda model, words: lab.sample(model, tokenizer, words), prompts, every=10 if warm else 25
    )
    trainer.add_callback(shares)

trainer.train()

# %% [markdown]
# ## Read the log
#
# `nll_loss` falls towards its floor. `log_odds_chosen` rises from 0. The name `log_odds_ratio` is
# misleading: it holds $\log\sigma$ of that. `logps/*` are means *per token*, so `exp` of them is a
# probability, and `rewards/*` are β times these: never positive. The means below are over the last
# twenty steps.

# %%
log = [entry for entry in trainer.state.log_history if "loss" in entry]
last = {key: sum(entry[key] for entry in log[-20:]) / len(log[-20:]) for key in log[-1]}
held_out = trainer.evaluate()
print(f"{'':20s} {'first':>8s} {'last':>8s} {'held out':>8s}")
names = ("loss", "nll_loss", "log_odds_ratio", "log_odds_chosen", "logps/chosen")
for key in (*names, "logps/rejected", "rewards/chosen", "rewards/accuracies"):
    print(f"{key:20s} {log[0][key]:8.3f} {last[key]:8.3f} {held_out['eval_' + key]:8.3f}")
for step, counts in shares.seen if args.tiny else ():
    print(step, {name: round(share, 3) for name, share in counts.items()})

# %% [markdown]
# What this page promises, for the settings it was recorded with: the held-out NLL ends less than
# 0.12 above its floor, the log odds ratio between what the penalty wants and what the NLL wants,
# or near it, and the accuracy where the judge's errors put it.

# %%
results = {f"eval_{name.replace('/', '_')}_after": held_out[f"eval_{name}"] for name in names}
results["eval_accuracy_after"] = held_out["eval_rewards/accuracies"]
own = (args.beta, args.learning_rate, args.max_steps, args.lora)
promised = args.tiny and own == (None, None, None, False)

assert all(abs(e["loss"] - e["nll_loss"] + beta * e["log_odds_ratio"]) < 2e-3 for e in log)
if promised and args.bug is None:
    assert nll_floor < results["eval_nll_loss_after"] < nll_floor + 0.12
    assert 0.9 * d_penalty < results["eval_log_odds_chosen_after"] < 1.1 * d_nll
    assert abs(results["eval_accuracy_after"] - (1 - wrong_share)) < 0.02
    assert last["rewards/chosen"] > log[0]["rewards/chosen"] or warm

# %% [markdown]
# ## What the model says after
#
# The floor is the claim of this page: from random weights, in one stage, more than 65 of 100
# held-out words are answered in the preferred order, and less than 5 in the other.

# %%
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
    print({name: round(value, 3) for name, value in results.items()})

if promised and args.bug is None and not warm:
    assert scores_before["ascending"] == 0.0 and scores_after["ascending"] > 0.65
    assert scores_after["descending"] < 0.05
    assert results["win_rate"] > 0.9
elif promised and args.bug is None:
    assert scores_before["ascending"] < 0.6 < 0.7 < scores_after["ascending"]
    assert scores_after["descending"] < 0.2

# %% [markdown]
# ## Break it on purpose
#
# Each bug changes one thing and asserts its own signature. What to look for:
#
# - `beta-too-high`: accuracy as in the good run. `nll_loss` stays above 1.4, and next to nothing is
#   sorted. The penalty alone does not teach what to write.
# - `learning-rate`: the same accuracy again, and `nll_loss` stays above 1.5.
# - `swapped`: no metric tells. Read ten pairs before training, and samples after it.
# - `truncated`: `log_odds_chosen` exactly 0 and accuracy 0, while the loss falls as if all were
#   well: the NLL doesn't need a difference. The model never learns to end an answer.
# - `prompt-counted`: `logps/chosen` can't rise to 0, since most of it is the unguessable prompt. It
#   ends within 0.05 of −`nll_loss`, because both now average over the same tokens.

# %%
if promised and args.bug == "beta-too-high":
    assert abs(results["eval_accuracy_after"] - 0.9) < 0.02
    assert results["eval_nll_loss_after"] > 1.4 and scores_after["ascending"] < 0.1
elif promised and args.bug == "learning-rate":
    assert abs(results["eval_accuracy_after"] - 0.9) < 0.02
    assert results["eval_nll_loss_after"] > 1.5 and scores_after["ascending"] < 0.1
elif promised and args.bug == "swapped":
    assert abs(results["eval_accuracy_after"] - 0.9) < 0.02
    assert results["eval_nll_loss_after"] < nll_floor + 0.12
    assert scores_after["descending"] > 0.6 and scores_after["ascending"] < 0.05
elif promised and args.bug == "truncated":
    assert all(e["log_odds_chosen"] == 0 and e["rewards/accuracies"] == 0 for e in log)
    assert last["loss"] < log[0]["loss"] / 2
    assert scores_after["neither"] > 0.9
elif promised and args.bug == "prompt-counted":
    assert abs(results["eval_logps_chosen_after"] + results["eval_nll_loss_after"]) < 0.05
    assert results["eval_log_odds_chosen_after"] < 1

# %% [markdown]
# ## Save, reload, compare
#
# With `--lora` only the adapter is saved, and reloading finds the base model by its path.

# %%
from peft import AutoPeftModelForCausalLM

trainer.save_model(str(output_dir / "final"))
if not args.load_in_4bit:
    load = AutoPeftModelForCausalLM if args.lora else AutoModelForCausalLM
    reloaded = load.from_pretrained(output_dir / "final", dtype=trainer.model.dtype)
    reloaded = reloaded.to(trainer.model.device).eval()
    probe = torch.tensor([row["chosen_input_ids"]], device=trainer.model.device)
    with torch.no_grad(), trainer.accelerator.autocast():  # both at the trainer's precision
        pair = [model(probe).logits.float() for model in (trainer.model.eval(), reloaded)]
    assert torch.allclose(*pair, atol=1e-5), "the reloaded model differs"

# %%
if args.metrics:
    lab.write_record(args.metrics, log, results, samples, args.seed, shares.series())
print("all checks passed")

# %% [markdown]
# ## Exercises
#
# 1. `--beta 0` trains without any penalty. What will `rewards/accuracies` and `rewards/margins`
#    log, and which metric still shows whether the model prefers the chosen answers?
#
#    <details class="answer"><summary>Answer</summary>
#
#    Rewards are β times a mean log-probability, so all are 0. Zero is not greater than zero: the
#    accuracy is 0 in every step. `log_odds_chosen` is computed without β and tells.
#    </details>
#
# 2. In the log of `--bug truncated` the loss falls below half of its start. Which single number
#    of the *first* line gives the bug away?
#
#    <details class="answer"><summary>Answer</summary>
#
#    `log_odds_chosen` is exactly 0, not nearly 0. Two different answers never have the same mean
#    log-probability to the last digit; two equal ones always do.
#    </details>
#
# 3. The judge never errs: `flipped=0` in the data. Where do the penalty and the NLL each want the
#    log odds ratio to be, and is there still a conflict?
#
#    <details class="answer"><summary>Answer</summary>
#
#    Both want it infinite: the penalty because every pair is right, the NLL because the rejected
#    answer never occurs as a chosen one. The conflict of this page comes from errors of the judge.
#    </details>
