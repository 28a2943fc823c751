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
# title = "Train with GRPO and a reward you can read"
# question = "What does a GRPO run look like when each step is checked, and when it goes wrong?"
# summary = """A complete GRPO script: a reward function in ten lines, groups that are looked at \
#   before they are trained on, a first loss computed by hand, and failures on demand."""
# trainers = ["grpo"]
# difficulty = 2
# prerequisites = [
#   "Python; having run a training script once",
#   "What the loss does: [the GRPO objective](/guides/grpo-objective/)",
# ]
# covers = [
#   "a reward function and its test",
#   "groups, advantages, batch arithmetic",
#   "a loss of 0 while the model learns",
#   "token-level and sequence-level ratios",
#   "evaluation by samples",
#   "reproduced failures, a hacked reward among them",
#   "LoRA and other memory recipes",
#   "save and reload",
# ]
# papers = ["2402.03300", "2503.20783"]
# next = ["trainers/grpo", "guides/grpo-objective"]
# unchecked = [
#   "the default run, which downloads a model and wants a GPU: neither its time nor its memory",
#   "the flag --vllm, which needs vLLM and a GPU",
# ]
# recipes = [
#   "--lora --beta 0.04",
#   "--gradient-checkpointing --loss-type dr_grpo --scale-rewards none",
# ]
#
# [[tool.tutorial.plots]]
# title = "The loss says nothing, the reward says it all"
# text = """The logged loss stays within a few hundredths of 0 from the first step to the last. \
#   Read the reward, and samples."""
# series = ["loss", "reward", "ascending_share"]
# variants = ["plain"]
#
# [[tool.tutorial.plots]]
# title = "A reward that counts ascending neighbours, wherever they come from"
# text = """For some forty steps both rewards want the same answers. Then one of them finds that a \
#   longer answer has more neighbours."""
# series = ["ascending_share", "reward", "completions/mean_length"]
# variants = ["plain", "bug-hackable"]
#
# [[tool.tutorial.plots]]
# title = "Twenty times the learning rate"
# text = """One batch of advantages, followed too far. What comes after has nothing left to \
#   compare that is worth choosing."""
# series = ["reward", "entropy", "clip_ratio/region_mean"]
# variants = ["plain", "bug-high-rate"]
#
# [[tool.tutorial.plots]]
# title = "One ratio a sequence in place of one a token"
# series = ["ascending_share", "clip_ratio/region_mean"]
# variants = ["plain", "gspo"]
#
# [tool.tutorial.bugs]
# constant-reward = """Every answer earns 1. All groups have variance 0, so there is no \
#   advantage, no gradient, and no error message."""
# hackable = """A reward that counts ascending neighbours and not whose letters they are. Reward \
#   up and up, sorting forgotten."""
# cispo-cap = """`cispo` with `epsilon_high` left at its default. All weights are capped at 0.2, \
#   so the gradient is a fifth of what it should be."""
# high-rate = "A learning rate twenty times too high. The first steps destroy the policy."
# truncated = """No room for the end token, and truncated answers masked. Most steps do nothing; \
#   in the rest one wrong answer that happens to end owns the whole gradient."""
#
# [tool.tutorial.variants]
# gspo = ["--loss-type", "grpo", "--level", "sequence"]
# unscaled = ["--scale-rewards", "none"]
#
# [tool.tutorial.hardware]
# "Default run" = "Time and memory not measured."
# ///
# Longer than 250 lines: it is a page too, prose, checks and exercises included.

# %% [markdown]
# The one new idea against RLOO, the rung before: the score comes from a **program** that checks
# the answer, and the comparison with the other answers to the prompt becomes a **group-relative
# advantage** on every token: the distance from the group's mean reward, in standard deviations of
# the group, times a ratio that says how far the policy has moved since it wrote that token. No
# reward model, no value function, and by default no reference.
#
# By default the script loads a real model and real school problems. With `--tiny` it runs on a
# CPU, without a network, in a world made on the spot. A prompt is a word of five letters, an
# answer the same letters in order. The model has been fine-tuned on answers of which half ascend
# and half descend, and does either. The program wants them ascending, and gives a fifth of the
# reward for each letter in its place.
#
# As on this page, going wrong, and with a real model, which wants a GPU:
#
# ```bash
# uv run grpo_training.py --tiny
# uv run grpo_training.py --tiny --bug hackable
# uv run grpo_training.py
# ```
#
# `--tiny` needs `lab.py` in the same folder.

# %%
import argparse
import math
import re
import tempfile
from itertools import pairwise
from pathlib import Path

BUGS = ["constant-reward", "hackable", "cispo-cap", "high-rate", "truncated"]
LOSSES = ["grpo", "bnpo", "dr_grpo", "dapo", "luspo", "cispo", "sapo", "vespo"]
parser = argparse.ArgumentParser(description="GRPO with TRL, checked at every step.")
parser.add_argument("--tiny", action="store_true", help="the synthetic world, on a CPU")
parser.add_argument("--bug", choices=BUGS, help="goes wrong in one way; needs --tiny")
parser.add_argument("--model", default="Qwen/Qwen2.5-0.5B-Instruct")
parser.add_argument("--dataset", default="openai/gsm8k")
parser.add_argument("--loss-type", choices=LOSSES, default="dapo")
parser.add_argument("--level", choices=["token", "sequence"], default="token")
parser.add_argument("--scale-rewards", choices=["group", "batch", "none"], default="group")
parser.add_argument("--beta", type=float, default=0.0, help="above 0 loads a reference")
parser.add_argument("--num-generations", type=int, default=8)
parser.add_argument("--learning-rate", type=float, help="default: see the settings below")
parser.add_argument("--max-steps", type=int, help="default: 140 with --tiny, else one epoch")
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--gradient-checkpointing", action="store_true")
parser.add_argument("--lora", action="store_true")
parser.add_argument("--vllm", action="store_true", help="CUDA only; pip install trl[vllm]")
parser.add_argument("--warm-start", type=Path, help="a folder that lab.warm_up has written")
parser.add_argument("--output-dir", type=Path, help="default: a temporary folder")
parser.add_argument("--metrics", type=Path, help="with --tiny: write what the run did as JSON")
args, _ = parser.parse_known_args()  # a notebook passes arguments of its own
if args.bug and not args.tiny:
    parser.error("--bug needs --tiny: the failures are measured in the synthetic world")
if args.metrics and not args.tiny:
    parser.error("--metrics needs --tiny")
if args.vllm and args.tiny:
    parser.error("--vllm needs a GPU, and --tiny is for a CPU")

# %% [markdown]
# ## The model
#
# A path, or a model. With `--beta` above 0 it has to be a path (or LoRA): the trainer loads the
# [reference](glossary:reference-model) from where the model came from. The tiny model has two
# layers. `SFTTrainer` warms it up on the two-way corpus; `--warm-start` takes the folder of an
# earlier warm-up instead.

# %%
output_dir = args.output_dir or Path(tempfile.mkdtemp(prefix="grpo-"))
if args.tiny:
    import lab

    model_path = str(args.warm_start or lab.warm_up(output_dir / "warm", seed=args.seed))
else:
    model_path = args.model

from transformers import AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained(model_path)

# %% [markdown]
# ## The data
#
# One column is read by the trainer: `prompt`. No answers. Whatever else a row holds is handed to
# the reward function under the name of its column: here the word that was to be sorted, in the
# real run the right number. `remove_unused_columns` is off in this trainer, so that it gets there.

# %%
from datasets import load_dataset

if args.tiny:
    train_dataset = lab.prompt_only(4_000, seed=10)
else:

    def as_prompt(row: dict) -> dict:
        ask = row["question"] + "\nThink, then end with the number alone on the last line."
        return {
            "prompt": [{"role": "user", "content": ask}],
            "number": row["answer"].split("####")[-1].strip().replace(",", ""),
        }

    train_dataset = load_dataset(args.dataset, "main", split="train")
    train_dataset = train_dataset.map(as_prompt, remove_columns=["question", "answer"])

assert "prompt" in train_dataset.column_names, train_dataset.column_names
for column in train_dataset.column_names:
    print(f"{column:8s}", str(train_dataset[0][column])[:120])

# %% [markdown]
# ## The reward
#
# The trainer calls the function with *keywords*: `prompts`, `completions`, `completion_ids`, one
# list for each column of the data, and a few things of its own. So take what you need and end
# with `**_`. It returns one number for each completion, in their order; `None` means "not mine to
# judge". With conversations a completion is a list of messages.
#
# The function is the task. Whatever it pays for beyond what you meant, the model will find. Test
# it before you train on it, on answers that you know, bad ones above all.


# %%
def text_of(completion) -> str:
    """The text of a completion, in either format."""
    return completion if isinstance(completion, str) else completion[-1]["content"]


def sorting_reward(completions, word, **_) -> list[float]:
    """Share of the letters that stand where ascending order wants them."""
    return [lab.position_reward(w, text_of(y)) for w, y in zip(word, completions, strict=True)]


def number_reward(completions, number, **_) -> list[float]:
    """1 when the last number of the answer is the right one."""
    found = [re.findall(r"-?\d+(?:\.\d+)?", text_of(y).replace(",", "")) for y in completions]
    return [float(bool(f) and f[-1] == n) for f, n in zip(found, number, strict=True)]


def constant_reward(completions, **_) -> list[float]:
    """A bug: a check that always passes."""
    return [1.0 for _ in completions]


def neighbour_reward(completions, **_) -> list[float]:
    """A bug: ascending neighbours are counted, but not whose letters they are, nor how many."""
    texts = [text_of(y) for y in completions]
    return [sum(a < b for a, b in pairwise(t)) / 4 for t in texts]


assert number_reward(["2 + 2 = 4", "so 1,204.", "none"], ["4", "1204", "7"]) == [1, 1, 0]
if args.tiny:
    answers = ["abcde", "edcba", "abdce", "abc", "abcdef"]
    print({y: round(sorting_reward([y], ["dbeac"])[0], 2) for y in answers})
    print({y: neighbour_reward([y])[0] for y in answers})
    assert sorting_reward(["abcde", "edcba"], ["dbeac"] * 2) == [1.0, 0.2]

# %% [markdown]
# The second line is the bug `hackable`: on the first three answers it ranks as the first line
# does, and nobody looks at the fifth, where a letter too many earns more than the right answer.

# %%
reward_function = sorting_reward if args.tiny else number_reward
if args.bug == "constant-reward":
    reward_function = constant_reward
elif args.bug == "hackable":
    reward_function = neighbour_reward

# %% [markdown]
# ## The settings
#
# Every batch number of this trainer counts **answers**, not prompts. Here: 64 answers a step, 8
# a prompt, so 8 prompts. `num_iterations = 2` takes two optimizer steps on each batch of answers.
# In the first the policy is the one that wrote them and every ratio is 1; in the second it has
# moved, and the ratios and the clip have something to do. It also halves the time spent writing.
#
# β = 0, TRL's default, loads no reference: nothing but the clip keeps the policy near where it
# was. The real run takes TRL's learning rate of 1e-6. The tiny model's weights are young and move
# at 3e-4.

# %%
learning_rate = args.learning_rate or (3e-4 if args.tiny else 1e-6) * (10 if args.lora else 1)
if args.bug == "high-rate":
    learning_rate *= 20

# %% [markdown]
# Recipes for a small memory or a short wait:
#
# - `--gradient-checkpointing` recomputes activations in the backward pass instead of keeping
#   them. TRL has it on by default; this script turns it off.
# - `--lora` trains small matrices; a reference, if β asks for one, is the same model without them.
# - `--vllm` writes the answers with vLLM in the same process. It needs CUDA.

# %%
from trl import GRPOConfig

if args.tiny:
    size = lab.tiny_arguments(
        output_dir,
        max_steps=args.max_steps or 140,
        per_device_train_batch_size=64,
        max_completion_length=12,
    )
else:
    size = {
        "output_dir": str(output_dir),
        "max_steps": args.max_steps or -1,
        "num_train_epochs": 1,
        "per_device_train_batch_size": 8,
        "gradient_accumulation_steps": 8,
        "max_completion_length": 512,
        "logging_first_step": True,
    }
size["gradient_checkpointing"] = args.gradient_checkpointing
loss_type = args.loss_type
if args.bug == "truncated":
    size |= {"max_completion_length": 5, "mask_truncated_completions": True}
elif args.bug == "cispo-cap":
    loss_type = "cispo"

config = GRPOConfig(
    loss_type=loss_type,
    importance_sampling_level=args.level,
    scale_rewards=args.scale_rewards,
    beta=args.beta,
    num_generations=args.num_generations,
    num_iterations=2,
    learning_rate=learning_rate,
    use_vllm=args.vllm,
    seed=args.seed,
    # cispo's cap; the others read it as the upper edge of the clip, None: the same as the lower
    epsilon_high=5.0 if loss_type == "cispo" and args.bug != "cispo-cap" else None,
    **size,
)
prompts_a_batch = config.generation_batch_size // config.num_generations
print(f"{config.generation_batch_size} answers to {prompts_a_batch} prompts,", end=" ")
print(f"written every {config.steps_per_generation * config.num_iterations} micro-batches")

# %% [markdown]
# ## The trainer
#
# `reward_funcs` takes one function or a list of them; the log names their means after them.
# `watched` is the reward with a memory: it keeps the first batch, so that its advantages and the
# first loss can be computed by hand below.

# %%
from peft import LoraConfig
from transformers import PrinterCallback
from trl import GRPOTrainer

first_batch: dict[str, list] = {}


def watched(**given) -> list[float]:
    """The reward, keeping what the first batch looked like."""
    rewards = reward_function(**given)
    if not first_batch:
        texts = [text_of(y) for y in given["completions"]]
        first_batch.update(
            prompts=given["prompts"],
            texts=texts,
            rewards=rewards,
            lengths=[len(ids) for ids in given["completion_ids"]],
        )
    return rewards


watched.__name__ = reward_function.__name__  # its name in the log

trainer = GRPOTrainer(
    model=model_path,
    reward_funcs=watched,
    args=config,
    train_dataset=train_dataset,
    processing_class=tokenizer,
    peft_config=LoraConfig(r=16, target_modules="all-linear") if args.lora else None,
)
trainer.remove_callback(PrinterCallback)  # the log is read below instead of scrolling by

assert (trainer.ref_model is None) == (args.beta == 0 or args.lora)
if trainer.ref_model is not None:
    twins = zip(trainer.model.parameters(), trainer.ref_model.parameters(), strict=True)
    assert all((a == b).all() for a, b in twins), "the reference has other weights"

# %% [markdown]
# ## What the model says before
#
# On held-out prompts, before, during and after training. In the lab every tenth step samples 500
# answers and counts their orders.

# %%
import torch

if args.tiny:
    prompts = lab.make_words(500, seed=99, held_out=True)
else:
    prompts = [row["prompt"] for row in train_dataset.select(range(3))]


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
            out = trainer.model.generate(**inputs, max_new_tokens=256, do_sample=False)
        new = out[0, inputs["input_ids"].shape[1] :]
        answers.append(tokenizer.decode(new, skip_special_tokens=True))
    return answers


before = say()
for prompt, answer in list(zip(prompts, before, strict=True))[:3]:
    print(prompt if args.tiny else prompt[-1]["content"][:70], "→", answer[:70])

# %% [markdown]
# ## Train
#
# A callback samples every ten steps and counts which order the answers have: ascending,
# descending, or neither. It knows the real task, whatever the reward is.

# %%
if args.tiny:
    shares = lab.SampledShares(lambda model, words: lab.sample(model, tokenizer, words), prompts)
    trainer.add_callback(shares)

trainer.train()

# %% [markdown]
# ## One group
#
# The first prompt of the run with its eight answers, their rewards, and the advantages that we
# compute here: the reward less the group's mean, over the group's standard deviation (with *n* − 1
# below, plus 1e-4). All tokens of an answer get the same advantage. They sum to 0 over the group:
# what some gain the others lose.


# %%
def advantages_of(rewards: list[float]) -> list[float]:
    """The group advantages of a batch, as `scale_rewards` asks for them."""
    groups = torch.tensor(rewards).view(-1, args.num_generations)
    centred = groups - groups.mean(1, keepdim=True)
    if args.scale_rewards == "none":
        return centred.flatten().tolist()
    spread = groups.std() if args.scale_rewards == "batch" else groups.std(1, keepdim=True)
    return (centred / (spread + 1e-4)).flatten().tolist()


advantages = advantages_of(first_batch["rewards"])
for i in range(args.num_generations if args.tiny else 2):
    reward, text = first_batch["rewards"][i], first_batch["texts"][i]
    print(f"{text[-60:]:10s} reward {reward:.2f} advantage {advantages[i]:+.3f}")
if args.tiny:
    print("for the word", first_batch["prompts"][0][0]["content"])
assert abs(sum(advantages)) < 1e-3, "advantages are relative to the group"

# %% [markdown]
# ## The first loss
#
# At the first step every ratio is 1, so a token's loss is minus its advantage, and the loss is
# their mean as the loss type takes it. Over answers it is 0, always. Over *tokens* it is 0 only
# when all answers are equally long: long answers weigh more. The gradient is not 0: it is
# $-A\,\nabla\log\pi$, and the mean of that over a group does not vanish. The
# [guide](/guides/grpo-objective/#first-loss-fingerprints) has the table.


# %%
def first_loss(kind: str, advantages: list[float], lengths: list[int]) -> float:
    """The loss while π_θ = π_old and β = 0; NaN for losses that hold log-probabilities."""
    count, total = len(lengths), sum(lengths)
    per_token = sum(a * n for a, n in zip(advantages, lengths, strict=True))
    if kind in ("dapo", "bnpo"):
        return -per_token / total
    if kind == "dr_grpo":
        return -per_token / (count * config.max_completion_length)
    if kind == "luspo":
        return -per_token / count
    if kind == "grpo":
        return -sum(advantages) / count
    return math.nan


log = [entry for entry in trainer.state.log_history if "loss" in entry]
expected = first_loss(loss_type, advantages, first_batch["lengths"])
print(f"first loss {log[0]['loss']:.4f}, expected {expected:.4f}", end=", ")
print(f"gradient norm {log[0]['grad_norm']:.2f}")
if args.tiny and args.bug != "truncated" and not math.isnan(expected):
    assert abs(log[0]["loss"] - expected) < 1e-4
if args.tiny and args.bug is None:
    assert log[0]["grad_norm"] > 0.1, "a loss of 0, and a gradient"

# %% [markdown]
# ## Read the log
#
# `reward` rises, `frac_reward_zero_std` rises with it: more and more groups agree, and teach
# nothing. `entropy` falls. `clip_ratio/region_mean` is 0 in the first step of each pair and above
# 0 in the second. Metrics of the answers are logged when answers are written, which is every
# second step here.

# %%
written = [entry for entry in log if "reward" in entry]
second = [entry for entry in log if "reward" not in entry]
names = ["reward", "reward_std", "frac_reward_zero_std", "completions/mean_length", "entropy"]
print(f"{'':24s} {'first':>8s} {'last ten':>8s}")
last = {key: sum(e[key] for e in written[-10:]) / len(written[-10:]) for key in names}
for key in names:
    print(f"{key:24s} {written[0][key]:8.3f} {last[key]:8.3f}")
for step, counts in shares.seen[::2] if args.tiny else ():
    print(step, {name: round(share, 3) for name, share in counts.items()})

# %% [markdown]
# ## What the model says after
#
# The floor is the claim of this page: of the held-out words more than 85 of 100 are now answered
# in ascending order, from less than 60 before, and less than 5 in the other one. The price is the
# variety: the entropy has more than halved. A second run on the same machine gives the same
# numbers. Another processor, or another seed, changes them; the promises leave room for both.

# %%
after = say()
samples = [
    {"prompt": str(p) if args.tiny else str(p[-1]["content"])[:200], "before": b, "after": a}
    for p, b, a in zip(prompts[:8], before, after, strict=False)
]
for line in samples:
    print(line)

results = {"reward_first": written[0]["reward"], "reward_last": last["reward"]}
own = (args.loss_type, args.level, args.scale_rewards, args.beta, args.num_generations)
plain = own == ("dapo", "token", "group", 0.0, 8)
unchanged = (args.learning_rate, args.max_steps, args.lora) == (None, None, False)
promised = args.tiny and plain and unchanged
if args.tiny:
    scores_before, scores_after = lab.evaluate(prompts, before), lab.evaluate(prompts, after)
    results |= {f"{name}_before": value for name, value in scores_before.items()}
    results |= {f"{name}_after": value for name, value in scores_after.items()}
    results["win_rate"] = lab.win_rate(prompts, after, before)
    print({name: round(value, 3) for name, value in results.items()})

if promised and args.bug is None:
    assert scores_before["ascending"] < 0.6 < 0.85 < scores_after["ascending"]
    assert scores_after["descending"] < 0.05
    assert scores_after["reward"] > 0.93 and results["win_rate"] > 0.65
    assert all(abs(e["loss"]) < 0.15 for e in log), "the loss says nothing"
    assert last["entropy"] < written[0]["entropy"] / 2
    assert all(e["clip_ratio/region_mean"] == 0 for e in written), "a ratio of 1 is never clipped"
    assert max(e["clip_ratio/region_mean"] for e in second) > 0

# %% [markdown]
# ## Break it on purpose
#
# Each bug changes one thing and asserts its own signature. What to look for:
#
# - `constant-reward`: `frac_reward_zero_std` is 1 and `grad_norm` is 0. That pair is the
#   difference from a healthy run, whose loss is 0 as well.
# - `hackable`: the reward goes *beyond what a right answer earns*, and `completions/mean_length`
#   goes with it, up to the limit. Compare the reward with its value for an answer that you would
#   accept.
# - `cispo-cap`: `cispo_clip_ratio` is the share of tokens with a positive advantage from the first
#   step on, where it should be 0. `grad_norm` is a fifth. Here the end is as good: AdamW divides
#   the factor out again.
# - `high-rate`: the reward falls in the first ten steps and stays down, and more than a quarter of
#   the tokens is clipped in the second step. The answers no longer end.
# - `truncated`: `completions/clipped_ratio` is 1, and `grad_norm` and `entropy` are 0, while the
#   rewards differ as they should. Then one of 64 answers happens to end within five tokens. It is
#   wrong, since a right one needs six, and `dapo` divides by the few tokens that count, so a single
#   answer makes a gradient norm of 20 and more. Raise `max_completion_length` until few are cut.

# %%
if promised and args.bug == "constant-reward":
    assert all(e["frac_reward_zero_std"] == 1 and e["reward_std"] == 0 for e in written)
    assert all(e["loss"] == 0 and e["grad_norm"] == 0 for e in log)
    assert scores_after == scores_before
elif promised and args.bug == "hackable":
    right_answer = neighbour_reward(["abcde"])[0]
    assert last["reward"] > 1.3 * right_answer
    assert last["completions/mean_length"] > 7 > written[0]["completions/mean_length"]
    assert scores_after["ascending"] < 0.2
    assert max(counts["ascending"] for _, counts in shares.seen) > 0.75, "it was right once"
elif promised and args.bug == "cispo-cap":
    paid = [
        a > 0 for a, n in zip(advantages, first_batch["lengths"], strict=True) for _ in range(n)
    ]
    assert abs(log[0]["cispo_clip_ratio"] - sum(paid) / len(paid)) < 1e-4
    assert scores_after["ascending"] > 0.85
elif promised and args.bug == "high-rate":
    assert max(e["reward"] for e in written[1:6]) < written[0]["reward"] - 0.2
    assert second[0]["clip_ratio/region_mean"] > 0.25
    assert scores_after["ascending"] < 0.1
elif promised and args.bug == "truncated":
    silent = [e for e in written if e["completions/clipped_ratio"] == 1]
    assert all(e["grad_norm"] == 0 and e["entropy"] == 0 for e in silent), "all is masked"
    assert len(silent) > 0.5 * len(written) and silent[0] == written[0]
    assert written[0]["reward_std"] > 0.3, "the rewards differ, so groups are not to blame"
    assert max(e["grad_norm"] for e in written) > 20, "one answer owned a batch"
    assert scores_after["ascending"] < 0.65, "nothing was learnt"
    assert scores_after["neither"] > scores_before["neither"] + 0.05

# %% [markdown]
# ## Save, reload, compare
#
# A saved model that answers differently from the one in memory is a bug that shows up weeks
# later. Compare logits, not impressions. With `--lora` only the adapter is saved, and reloading
# finds the base model by its path.

# %%
from peft import AutoPeftModelForCausalLM
from transformers import AutoModelForCausalLM

trainer.save_model(str(output_dir / "final"))
load = AutoPeftModelForCausalLM if args.lora else AutoModelForCausalLM
reloaded = load.from_pretrained(output_dir / "final", dtype=trainer.model.dtype)
reloaded = reloaded.to(trainer.model.device).eval()
probe = tokenizer.apply_chat_template(
    train_dataset[0]["prompt"], add_generation_prompt=True, return_dict=True, return_tensors="pt"
)["input_ids"].to(trainer.model.device)
with torch.no_grad(), trainer.accelerator.autocast():
    pair = [model(probe).logits.float() for model in (trainer.model.eval(), reloaded)]
assert torch.allclose(*pair, atol=1e-5), "the reloaded model differs"

# %% [markdown]
# The numbers on this page and its curves come from this file.

# %%
if args.metrics:
    lab.write_record(args.metrics, log, results, samples, args.seed, shares.series())
print("all checks passed")

# %% [markdown]
# ## Exercises
#
# 1. Before you run `--tiny --num-generations 2`: what values can an advantage take in a group of
#    two?
#
#    <details class="answer"><summary>Answer</summary>
#
#    Two rewards $r_1>r_2$ have the mean in their middle and the standard deviation
#    $(r_1-r_2)/\sqrt2$. So the advantages are $\pm0.707$, whatever the distance, and 0 for a tie.
#    All sense of *how much* better is gone; `--scale-rewards none` keeps it.
#    </details>
#
# 2. `--bug constant-reward` and the good run both log a loss of 0. Which two metrics tell them
#    apart at the first step?
#
#    <details class="answer"><summary>Answer</summary>
#
#    `grad_norm`: 0 against about 2. And `frac_reward_zero_std`: 1 against 0. A loss of 0 with a
#    gradient is how GRPO looks on the policy; a loss of 0 without one is a run that does nothing.
#    </details>
#
# 3. The bug `hackable` pays for each ascending pair of neighbours. Mend it in one line without
#    looking at the word.
#
#    <details class="answer"><summary>Answer</summary>
#
#    Cap it: `min(1.0, ...)`. Then no answer earns more than a right one, and longer answers
#    gain nothing. Five ascending letters that are not the word's still earn as much as the right
#    ones, so check those too: a reward is as good as the worst answer that it pays for in full.
#    </details>
