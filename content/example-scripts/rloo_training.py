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
# title = "Train with RLOO, and watch what the reward model can't see"
# question = "What does an RLOO run look like when each step is checked, and when it goes wrong?"
# summary = """A complete RLOO script: a real policy and reward model by default, a CPU-sized \
#   world with --tiny, asserts at every step, the truth beside the reward, failures on demand."""
# trainers = ["rloo"]
# difficulty = 2
# prerequisites = [
#   "Python; having run a training script once",
#   "What the advantage is: [the RLOO estimator](/guides/rloo-estimator/)",
# ]
# covers = [
#   "prompts, and rewards from a model or a function",
#   "one group of samples, checked by hand",
#   "first-loss check",
#   "a hole in a reward model, found before training and by training",
#   "evaluation by samples",
#   "reproduced failures",
#   "LoRA and other memory recipes",
#   "save and reload",
# ]
# papers = ["2402.14740", "2210.10760"]
# next = ["trainers/rloo", "guides/rloo-estimator"]
# unchecked = [
#   "the default run, which downloads two models and wants a GPU: neither its time nor its memory",
#   "the flag --load-in-4bit, which needs CUDA",
#   "generation by vLLM",
# ]
# recipes = [
#   "--lora",
#   "--gradient-checkpointing",
#   "--reward function --group-size 8 --iterations 2",
# ]
#
# [[tool.tutorial.plots]]
# title = "What the reward model says, and what is true: with the KL penalty, and without"
# text = """For ten steps the two runs can't be told apart. Then the run without a penalty finds \
#   answers that the reward model likes and that are no answers. Its reward is the better one."""
# series = ["reward", "ascending_share", "neither_share", "entropy"]
# variants = ["plain", "bug-no-kl"]
#
# [[tool.tutorial.plots]]
# title = "TRL's default β of 0.05 on rewards of this size: the same hole, found later"
# series = ["ascending_share", "neither_share", "kl"]
# variants = ["plain", "default-beta"]
#
# [[tool.tutorial.plots]]
# title = "Ten times the learning rate: more reward, and a policy that has left"
# series = ["reward", "ascending_share", "kl", "grad_norm"]
# variants = ["plain", "bug-high-rate"]
#
# [[tool.tutorial.plots]]
# title = "Two samples of one prompt a step: a gradient now and then"
# series = ["grad_norm", "frac_reward_zero_std", "ascending_share"]
# variants = ["plain", "bug-small-batch"]
#
# [[tool.tutorial.plots]]
# title = "The truth as the reward: a function in place of the model"
# series = ["ascending_share", "descending_share", "neither_share"]
# variants = ["plain", "function"]
#
# [tool.tutorial.bugs]
# no-kl = """β = 0. The reward rises; the answers are letters that the reward model was never \
#   shown to be wrong."""
# high-rate = """A learning rate ten times too high. More reward than in the good run; most \
#   answers are lost, and the KL says so."""
# small-batch = """Two samples of one prompt a step. In many steps both are the same answer, and \
#   nothing is learnt."""
# no-variance = """A reward that every answer gets. reward_std is 0 in every line, and nothing is \
#   learnt."""
#
# [tool.tutorial.variants]
# function = ["--reward", "function"]
# default-beta = ["--beta", "0.05"]
#
# [tool.tutorial.hardware]
# "Default run" = "Time and memory not measured."
# ///
# Longer than 250 lines: it is a page too, prose, checks and exercises included.

# %% [markdown]
# **The one idea that is new against PPO: the value model goes.** PPO trains a second model to
# guess how well an answer will do, and moves the policy by how much better it did. RLOO samples
# several answers to the same prompt, and the *other* answers are the guess: an answer's advantage
# is its reward minus the mean reward of its siblings. What stays: the policy samples, a reward
# model scores, a KL penalty holds the policy near its start.
#
# By default the script loads a real policy and a real reward model from the Hub. With `--tiny` it
# runs on a CPU, without a network, in a world made on the spot. A prompt is a word of five
# letters, an answer the same letters in order. The policy has been fine-tuned on answers of which
# half ascend and half descend, and does either. The reward model was trained on pairs in which
# ascending wins.
#
# ```bash
# # the run on this page
# uv run rloo_training.py --tiny
# # the same, going wrong
# uv run rloo_training.py --tiny --bug no-kl
# # real models; wants a GPU
# uv run rloo_training.py
# ```
#
# `--tiny` needs `lab.py` in the same folder.

# %%
import argparse
import tempfile
from pathlib import Path

BUGS = ["no-kl", "high-rate", "small-batch", "no-variance"]
parser = argparse.ArgumentParser(description="RLOO with TRL, checked at every step.")
parser.add_argument("--tiny", action="store_true", help="the synthetic world, on a CPU")
parser.add_argument("--bug", choices=BUGS, help="goes wrong in one way; needs --tiny")
parser.add_argument("--model", default="Qwen/Qwen2.5-0.5B-Instruct")
parser.add_argument("--dataset", default="trl-lib/ultrafeedback-prompt")
parser.add_argument("--reward", choices=["model", "function"], default="model")
parser.add_argument("--reward-model", help="a folder or a name; --tiny trains one if there is none")
parser.add_argument("--beta", type=float, help="default: see the settings below")
parser.add_argument("--group-size", type=int, default=4, help="answers a prompt")
parser.add_argument("--prompts-per-step", type=int, default=16)
parser.add_argument("--iterations", type=int, default=1, help="passes over each batch of samples")
parser.add_argument("--learning-rate", type=float, help="default: see the settings below")
parser.add_argument("--max-steps", type=int, help="default: 50 with --tiny, else one epoch")
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--gradient-checkpointing", action="store_true")
parser.add_argument("--lora", action="store_true")
parser.add_argument(
    "--load-in-4bit", action="store_true", help="CUDA only; pip install bitsandbytes"
)
parser.add_argument("--warm-start", type=Path, help="a folder that lab.warm_up has written")
parser.add_argument("--output-dir", type=Path, help="default: a temporary folder")
parser.add_argument("--metrics", type=Path, help="with --tiny: write what the run did as JSON")
# a notebook passes arguments of its own
args, _ = parser.parse_known_args()
if args.bug and not args.tiny:
    parser.error("--bug needs --tiny: the failures are measured in the synthetic world")
if args.metrics and not args.tiny:
    parser.error("--metrics needs --tiny")
if args.reward == "function" and not args.tiny:
    parser.error("--reward function needs --tiny: the function knows that world's answers")
if args.load_in_4bit and (args.tiny or not args.lora):
    parser.error("--load-in-4bit needs --lora and CUDA: weights of 4 bits can't be trained")

# %% [markdown]
# ## The policy
#
# Give the trainer a path. It needs the same weights twice, as policy and as
# [reference](glossary:reference-model), and loads the second copy from the path that the config of
# the first one remembers.
#
# The tiny model has two layers. `SFTTrainer` warms it up on the two-way corpus; `--warm-start`
# takes the folder of an earlier warm-up instead.

# %%
output_dir = args.output_dir or Path(tempfile.mkdtemp(prefix="rloo-"))
if args.tiny:
    import lab

    model_path = str(args.warm_start or lab.warm_up(output_dir / "warm", seed=args.seed))
else:
    model_path = args.model

from transformers import AutoModelForSequenceClassification, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained(model_path)

# %% [markdown]
# ## The reward
#
# A sequence classifier with one label is the judge: text in, number out. `RLOOTrainer` takes its
# path. `lab.train_reward_model` trains the tiny one with `RewardTrainer`, on pairs of right
# against reversed or against two letters swapped; the judge of those pairs erred in one of ten.

# %%
reward_path = args.reward_model or "trl-lib/Qwen2-0.5B-Reward"
if args.tiny and not args.reward_model:
    # trained once, and found by later runs that start from the same warm-up
    beside = Path(model_path).parent / "reward"
    made = beside if beside.is_dir() else output_dir / "reward"
    reward_path = str(made if made.is_dir() else lab.train_reward_model(made, model_path))

import torch

judge = AutoModelForSequenceClassification.from_pretrained(reward_path, num_labels=1).eval()
judge_tokenizer = AutoTokenizer.from_pretrained(reward_path)


@torch.no_grad()
def scores(words: list[str], answers: list[str]) -> torch.Tensor:
    """What the judge says of answers to words, as `RLOOTrainer` asks it: padded on the right."""
    turns = [lab.user(w) + lab.assistant(y) for w, y in zip(words, answers, strict=True)]
    texts = [judge_tokenizer.apply_chat_template(t, tokenize=False) for t in turns]
    sides = {"padding": True, "padding_side": "right", "add_special_tokens": False}
    return judge(**judge_tokenizer(texts, return_tensors="pt", **sides)).logits[:, 0]


# %% [markdown]
# **Test a reward model on answers that it was not trained on, before a policy does.** Four kinds of
# answer to held-out words: right, reversed, one letter replaced by another one, and the first
# letter five times. The judge never saw a foreign or a repeated letter, so it has no reason to
# call one wrong.

# %%
if args.tiny:
    prompts = lab.make_words(500, seed=99, held_out=True)
    foreign = [next(c for c in lab.LETTERS if c not in w) for w in prompts]
    kinds = {
        "right": [lab.ascending(w) for w in prompts],
        "reversed": [lab.descending(w) for w in prompts],
        "foreign last letter": [
            lab.ascending(w)[:-1] + c for w, c in zip(prompts, foreign, strict=True)
        ],
        "one letter five times": [lab.ascending(w)[0] * 5 for w in prompts],
    }
    judged = {kind: scores(prompts, answers) for kind, answers in kinds.items()}
    for kind, values in judged.items():
        better = (values > judged["right"]).float().mean().item()
        print(f"{kind:22s} score {values.mean():6.2f}, above the right answer in {better:.0%}")
    assert (judged["right"] > judged["reversed"]).float().mean() > 0.9

# %% [markdown]
# ## The data
#
# Prompts, and nothing else that the trainer reads. Further columns go to reward functions by
# name: `word` here, which the function below needs and the reward model does not.

# %%
from datasets import load_dataset

if args.tiny:
    train_dataset = lab.prompt_only(4_000, seed=10)
else:
    train_dataset = load_dataset(args.dataset, split="train")
assert "prompt" in train_dataset.column_names, train_dataset.column_names
print(train_dataset[0])


# %% [markdown]
# A reward function gets lists, one entry a completion, and gives a list of numbers. Completions of
# conversations are lists of messages.


# %%
def right_positions(completions, word, **columns) -> list[float]:
    """The truth: the share of letters that stand where they should."""
    texts = [messages[0]["content"] for messages in completions]
    return [lab.position_reward(w, text) for w, text in zip(word, texts, strict=True)]


def short_enough(completions, **columns) -> list[float]:
    """A reward for what every answer already is: at most seven letters."""
    return [1.0 if len(messages[0]["content"]) <= 7 else 0.0 for messages in completions]


reward = right_positions if args.reward == "function" else reward_path
if args.bug == "no-variance":
    reward = short_enough

# %% [markdown]
# ## The settings
#
# `RLOOConfig.beta` is measured in units of reward for each nat. The policy that maximises reward
# minus β times KL multiplies the odds of two answers by $e^{\Delta r/\beta}$, so β belongs to the
# *spread* of the rewards. The judge's scores of right and reversed lie 2.65 apart, so β = 0.5
# multiplies the odds by $e^{5.3}\approx200$. TRL's default of 0.05 would be $e^{53}$: hardly a tie.
# The function stays in $[0,1]$ and takes 0.05.
#
# Memory and time go by completions. A step holds `prompts_per_step` groups of `group_size`, and
# `per_device_train_batch_size` counts completions.

# %%
from trl import RLOOConfig

beta = args.beta if args.beta is not None else (0.05 if args.reward == "function" else 0.5)
if not args.tiny and args.beta is None:
    beta = RLOOConfig.beta
learning_rate = args.learning_rate or (1.5e-4 if args.tiny else 1e-6) * (10 if args.lora else 1)
group_size, prompts_per_step = args.group_size, args.prompts_per_step
if args.bug == "no-kl":
    beta = 0.0
elif args.bug == "high-rate":
    learning_rate *= 10
elif args.bug == "small-batch":
    group_size, prompts_per_step = 2, 1

# %% [markdown]
# Recipes for a small memory:
#
# - `--gradient-checkpointing` recomputes activations in the backward pass instead of keeping
#   them. TRL has it on by default; this script turns it off.
# - `--lora` trains small matrices; the reference is the same model without them, so one model
#   less stands in memory.
# - `--load-in-4bit` stores the frozen weights in 4 bits, together with `--lora`. It needs CUDA.
# - More accumulation steps with a smaller batch: the trainer still samples one batch for all of
#   them, and the groups stay whole.

# %%
completions_per_step = group_size * prompts_per_step
if args.tiny:
    size = lab.tiny_arguments(
        output_dir,
        max_steps=args.max_steps or 50,
        per_device_train_batch_size=completions_per_step,
        max_completion_length=lab.WORD_LENGTH + 2,
        lr_scheduler_type="constant",
    )
else:
    size = {
        "output_dir": str(output_dir),
        "max_steps": args.max_steps or -1,
        "num_train_epochs": 1,
        "per_device_train_batch_size": 4,
        "gradient_accumulation_steps": completions_per_step // 4,
        "max_completion_length": 256,
        "logging_steps": 1,
    }
size["gradient_checkpointing"] = args.gradient_checkpointing

config = RLOOConfig(
    beta=beta,
    num_generations=group_size,
    num_iterations=args.iterations,
    learning_rate=learning_rate,
    seed=args.seed,
    **size,
)

# %% [markdown]
# ## The trainer
#
# No value model, no reference to pass, no collator. A reward model given by its path brings its
# own tokenizer.

# %%
from peft import LoraConfig
from transformers import BitsAndBytesConfig, PrinterCallback
from trl import RLOOTrainer

four_bits = BitsAndBytesConfig(
    load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_compute_dtype="bfloat16"
)
trainer = RLOOTrainer(
    model=model_path,
    reward_funcs=reward,
    args=config,
    train_dataset=train_dataset,
    processing_class=tokenizer,
    quantization_config=four_bits if args.load_in_4bit else None,
    peft_config=LoraConfig(r=16, target_modules="all-linear") if args.lora else None,
)
# the log is read below instead of scrolling by
trainer.remove_callback(PrinterCallback)

# %% [markdown]
# ## One group
#
# Sample and score one prompt as the trainer will. Of the completion, only tokens where
# `completion_mask` is 1 count; the last of them must be the end token. Then do the method by
# hand: each reward minus the mean of the *other* rewards.
#
# Policy and reference are equal weights now, so the KL is zero and the advantages are those of the
# rewards alone.

# %%
trainer.model.train()
# the trainer's sampler repeats each prompt like this
group = [train_dataset[1]] * group_size
batch = trainer._generate_and_score_completions(group)
ids, mask = batch["completion_ids"], batch["completion_mask"]  # both (G, C)
rewards = torch.tensor(list(trainer._logs["rewards"][trainer.reward_func_names[0]])[-group_size:])
counted = [tokenizer.decode(row[keep.bool()]) for row, keep in zip(ids, mask, strict=True)]
print("prompt", tokenizer.decode(batch["prompt_ids"][0]))
for text, r, a in zip(counted, rewards.tolist(), batch["advantages"].tolist(), strict=True):
    print(f"{text[-60:]:22s} reward {r:6.3f}, advantage {a:6.3f}")
    if args.tiny:
        assert text.endswith(tokenizer.eos_token) and text.count(tokenizer.eos_token) == 1

by_hand = rewards - (rewards.sum() - rewards) / (group_size - 1)
device = batch["advantages"].device
assert torch.allclose(batch["advantages"], by_hand.to(device), atol=1e-3)

# %% [markdown]
# ## The first loss
#
# The advantages of a group sum to zero, and the [importance ratio](glossary:importance-ratio) is 1
# while the policy is the one that sampled. So the first loss is 0, whatever the rewards: the
# [guide](/guides/rloo-estimator/#first-loss-fingerprints) has the table. The *gradient* is not
# zero, unless all rewards of the group are equal.

# %%
loss = trainer.compute_loss(trainer.model, batch)
logged = {name: values[-1] for name, values in trainer._metrics["train"].items()}
kl_before = logged.get("kl", 0.0)
print(f"first loss {loss.item():.6f}, expected 0; KL {kl_before:.6f}")
assert abs(loss.item()) < 1e-3 * max(1.0, rewards.abs().max().item())
assert abs(kl_before) < 1e-3, "policy and reference differ at step 0"
assert logged["clip_ratio/region_mean"] == 0.0, "the ratio should be 1 on fresh samples"
if trainer.ref_model is not None:
    twins = zip(trainer.model.parameters(), trainer.ref_model.parameters(), strict=True)
    assert all(torch.equal(a, b) for a, b in twins), "the reference has other weights"
# this look was not training
trainer._metrics["train"].clear()

# %% [markdown]
# ## What the model says before
#
# The trainer's `reward` is what the judge thinks. What the answers *are* is another question. So
# sample on held-out prompts, before, during and after training.

# %%
if not args.tiny:
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
# A callback samples every ten steps and counts which order the answers have: ascending,
# descending, or neither.

# %%
if args.tiny:
    shares = lab.SampledShares(lambda model, words: lab.sample(model, tokenizer, words), prompts)
    trainer.add_callback(shares)

trainer.train()

# %% [markdown]
# ## Read the log
#
# Don't watch the loss: it is 0 in every line, give or take rounding. `reward` rises, `kl` rises
# from 0 and stays small, and `frac_reward_zero_std`, the share of groups without any spread, rises
# as the policy settles: those groups teach nothing any more. Means over ten steps each.

# %%
log = [entry for entry in trainer.state.log_history if "loss" in entry]


def mean(entries: list[dict], key: str) -> float:
    """Over the lines of a log that have the key: those between two samplings have no reward."""
    values = [entry[key] for entry in entries if key in entry]
    return sum(values) / len(values)


first, last = log[:10], log[-10:]
print(f"{'':22s} {'first':>9s} {'last':>9s}")
watched = ["loss", "reward", "reward_std", "kl", "frac_reward_zero_std", "entropy", "grad_norm"]
# without β no KL is logged
watched = [key for key in watched if key in log[0]]
for key in watched:
    print(f"{key:22s} {mean(first, key):9.4f} {mean(last, key):9.4f}")
for step, counts in shares.seen if args.tiny else ():
    print(step, {name: round(share, 3) for name, share in counts.items()})

results = {f"{key}_last": mean(last, key) for key in watched if key != "loss"}
own = (args.reward, args.beta, args.group_size, args.prompts_per_step, args.iterations)
own += (args.learning_rate, args.max_steps, args.lora)
promised = args.tiny and own == ("model", None, 4, 16, 1, None, None, False)

if promised and args.bug is None:
    assert all(abs(entry["loss"]) < 1e-3 for entry in log), "one step a batch: the ratio is 1"
    assert mean(last, "reward") > mean(first, "reward") + 0.5
    assert 0.02 < mean(last, "kl") < 0.25

# %% [markdown]
# ## What the model says after
#
# The floor is the claim of this page: of the held-out words more than 85 of 100 are now answered
# in ascending order, from less than 60 before, and less than 6 in the other one. Answers in
# neither order did not become more frequent by more than 3 of 100: that is what the KL penalty
# bought.

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
    results["score_before"] = scores(prompts, before).mean().item()
    results["score_after"] = scores(prompts, after).mean().item()
    print({name: round(value, 3) for name, value in results.items()})

if promised and args.bug is None:
    assert scores_before["ascending"] < 0.6 < 0.85 < scores_after["ascending"]
    assert scores_after["descending"] < 0.06
    assert scores_after["neither"] < scores_before["neither"] + 0.03
    assert results["win_rate"] > 0.65

# %% [markdown]
# ## Break it on purpose
#
# Each bug changes one thing and asserts its own signature. What to look for:
#
# - `no-kl`: the judge scores the answers higher than those of the good run, and most of them are
#   wrong. `kl` would show it and is not logged, since without β there is no reference. `entropy`
#   rises, where a good run lowers it.
# - `high-rate`: the reward is no worse, `kl` is several times that of the good run, and answers
#   are lost. β sets where the policy is drawn to, not how large its steps are.
# - `small-batch`: in more than a quarter of the steps the gradient is exactly 0.
# - `no-variance`: the first gradient is exactly 0, and `reward_std` is 0 in *every* line. Don't
#   rely on `frac_reward_zero_std` staying at 1. It is computed after the KL penalty, so that
#   penalties that differ between answers hide that their rewards don't.

# %%
if promised and args.bug == "no-kl":
    assert scores_after["neither"] > 0.5 and scores_after["ascending"] < 0.5
    assert mean(last, "reward") > mean(first, "reward") + 0.5
    assert mean(last, "entropy") > mean(first, "entropy")
    assert "kl" not in log[-1]
elif promised and args.bug == "high-rate":
    assert mean(last, "kl") > 0.25 and mean(last, "grad_norm") > 15
    assert scores_after["neither"] > 0.12
    assert results["score_after"] > results["score_before"] + 0.5
elif promised and args.bug == "small-batch":
    silent = [entry for entry in log if entry["grad_norm"] < 1e-6]
    print(f"{len(silent)} of {len(log)} steps without a gradient")
    assert len(silent) > len(log) / 4
    assert all(entry["frac_reward_zero_std"] == 1.0 for entry in silent)
    assert scores_after["ascending"] < 0.88
elif promised and args.bug == "no-variance":
    assert all(entry["reward_std"] == 0.0 for entry in log)
    assert log[0]["grad_norm"] == 0.0 and log[0]["frac_reward_zero_std"] == 1.0
    assert abs(scores_after["ascending"] - scores_before["ascending"]) < 0.08

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
if not args.load_in_4bit:
    load = AutoPeftModelForCausalLM if args.lora else AutoModelForCausalLM
    reloaded = load.from_pretrained(output_dir / "final", dtype=trainer.model.dtype)
    reloaded = reloaded.to(trainer.model.device).eval()
    probe = batch["prompt_ids"][:1]
    # both at the trainer's precision
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
# 1. Before you run `--tiny --beta 1`: the judge's scores of right and reversed lie 2.65 apart.
#    What odds of ascending to descending should the run end with, if it gets there?
#
#    <details class="answer"><summary>Answer</summary>
#
#    The start is near even odds, and the best policy multiplies them by $e^{2.65}\approx14$. So
#    about 7 of 100 answers still descend. β is the exchange rate between reward and nats; it
#    decides where the run ends, and the learning rate how soon.
#    </details>
#
# 2. `--bug no-kl` ends with a better reward than the good run. Name two things that you could
#    have looked at *before* training to expect it.
#
#    <details class="answer"><summary>Answer</summary>
#
#    The table under *The reward*: how the judge scores answers of a kind that its pairs did not
#    hold. And those pairs: all of them have the right letters, so nothing in the data says that
#    letters matter.
#    </details>
#
# 3. The loss of the good run is 0 in every line. Which flag makes it another number, and why?
#
#    <details class="answer"><summary>Answer</summary>
#
#    `--iterations 2`: the second pass over a batch meets a policy that has moved since it
#    sampled, so the ratios differ from 1 and weigh the advantages unevenly.
#    </details>
