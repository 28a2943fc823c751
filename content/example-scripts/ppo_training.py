# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "trl==1.12.0",
#   "transformers==5.23.0",
#   "torch==2.13.0",
#   "datasets==5.2.0",
#   "accelerate==1.15.0",
#   "tokenizers==0.23.3",
#   "peft==0.21.2",
# ]
#
# [tool.tutorial]
# title = "Train with PPO, and see what the reward model missed"
# question = "What does a PPO run look like when four models work together, and when one misleads?"
# summary = """A complete PPO script on TRL 1.12.0, the last release that has PPOTrainer: four \
#   models, asserts at every step, samples before and after, and failures on demand."""
# trainers = ["ppo"]
# difficulty = 3
# prerequisites = [
#   "A fine-tuned model and a reward model; here the lab trains both",
#   "What the loss does: [the PPO objective](/guides/ppo-objective/)",
# ]
# covers = [
#   "tokenised prompts",
#   "policy, reference, reward and value model",
#   "first-batch checks",
#   "the reward model's score against the true reward",
#   "reproduced failures",
#   "LoRA and gradient checkpointing",
#   "save and reload",
# ]
# papers = ["1707.06347", "1909.08593", "2210.10760"]
# next = ["trainers/ppo", "guides/ppo-objective"]
# unchecked = [
#   "the default run, which downloads models and wants a GPU: neither its time nor its memory",
#   "TRL newer than 1.12.0: PPOTrainer is gone there",
# ]
# recipes = ["--lora", "--gradient-checkpointing"]
#
# [[tool.tutorial.plots]]
# title = "The reward model's score and the truth, with a price on distance and without"
# text = """Both are measured on the same held-out samples. With κ = 0.5 a nat they rise together \
#   and stay. Without a price the score keeps rising, past that of a perfect answer, while the \
#   share of perfect answers, after a first rise, falls to nothing."""
# series = ["reward_model_score", "ascending_share", "objective/kl"]
# variants = ["plain", "bug-over-optimisation"]
#
# [[tool.tutorial.plots]]
# title = "The two losses say little; ratio and clip fraction say whether steps are sane"
# series = ["loss/policy_avg", "loss/value_avg", "policy/clipfrac_avg", "val/ratio"]
# variants = ["plain", "bug-too-fast"]
#
# [[tool.tutorial.plots]]
# title = "A tenth of the price, and a value model that starts from nothing"
# series = ["ascending_share", "reward_model_score", "loss/value_avg"]
# variants = ["plain", "cheap", "fresh-value"]
#
# [tool.tutorial.bugs]
# over-optimisation = """No KL penalty. The score passes that of a perfect answer while perfect \
#   answers become rare."""
# too-fast = "A learning rate ten times too high. The ratio leaves 1 and sorting is lost."
# no-stop = """No stop token, which is the default. The policy writes on after its end token, and \
#   the reward model judges what follows."""
# one-object = """The reward model is passed as value model too. Training the value model moves \
#   the reward."""
#
# [tool.tutorial.variants]
# cheap = ["--kl-coef", "0.05"]
# fresh-value = ["--fresh-value"]
#
# [tool.tutorial.hardware]
# "Default run" = "Time and memory not measured."
# ///
# Longer than 250 lines: it is a page too, prose, checks and exercises included.

# %% [markdown]
# **TRL removed `PPOTrainer`** in 1.13.0. This script pins 1.12.0, the last release that has it, as
# `trl.experimental.ppo`. For new work take `RLOOTrainer` or `GRPOTrainer`: same rewards, no value
# model. The [table of fields](/trainers/ppo/#from-ppoconfig-to-rlooconfig-and-grpoconfig) says
# what becomes of each setting.
#
# What is new against fine-tuning and the reward model, the two rungs below: **the model's own
# samples, scored, push the policy**. No answer is given any more. The policy writes, the reward
# model scores, the reference charges for distance, and a value model says what was to be expected.
#
# By default the script loads real models and prompts from the Hub. With `--tiny` it runs on a CPU,
# without a network. A prompt is a word of five letters, an answer the same letters in order. The
# fine-tuned model sorts either way; the reward model learnt from pairs in which ascending order
# wins. It has never seen a wrong letter. Policies find such things.
#
# ```bash
# # this page
# uv run ppo_training.py --tiny
# # one of its failures
# uv run ppo_training.py --tiny --bug no-stop
# # real models; wants a GPU
# uv run ppo_training.py
# ```
#
# `--tiny` needs `lab.py` in the same folder.

# %%
import argparse
import copy
import gc
import math
import tempfile
from pathlib import Path

BUGS = ["over-optimisation", "too-fast", "no-stop", "one-object"]
parser = argparse.ArgumentParser(description="PPO with TRL 1.12.0, checked at every step.")
parser.add_argument("--tiny", action="store_true", help="the synthetic world, on a CPU")
parser.add_argument("--bug", choices=BUGS, help="goes wrong in one way; needs --tiny")
parser.add_argument("--model", default="Qwen/Qwen2-0.5B-Instruct")
parser.add_argument("--reward", default="trl-lib/Qwen2-0.5B-Reward", help="same tokenizer")
parser.add_argument("--dataset", default="trl-lib/ultrafeedback-prompt")
parser.add_argument("--kl-coef", type=float, help="default: 0.5 with --tiny, else 0.05")
parser.add_argument("--learning-rate", type=float, help="default: see the settings below")
parser.add_argument("--max-steps", type=int, help="batches; default: 40 with --tiny, else 1000")
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--fresh-value", action="store_true", help="value model with a new head")
parser.add_argument("--gradient-checkpointing", action="store_true")
parser.add_argument("--lora", action="store_true")
parser.add_argument("--warm-start", type=Path, help="a folder that lab.warm_up has written")
parser.add_argument("--reward-model", type=Path, help="one of lab.train_reward_model")
parser.add_argument("--output-dir", type=Path, help="default: a temporary folder")
parser.add_argument("--metrics", type=Path, help="with --tiny: write what the run did as JSON")
args, _ = parser.parse_known_args()  # a notebook passes arguments of its own
if args.bug and not args.tiny:
    parser.error("--bug needs --tiny: the failures are measured in the synthetic world")
if args.metrics and not args.tiny:
    parser.error("--metrics needs --tiny")

# %% [markdown]
# ## Two models to start from
#
# PPO begins where two other trainings ended: a fine-tuned policy, and a reward model trained from
# it on pairs. In the tiny world `lab.py` makes both, in about twelve seconds; `--warm-start` and
# `--reward-model` take folders of an earlier run instead.

# %%
output_dir = args.output_dir or Path(tempfile.mkdtemp(prefix="ppo-"))
if args.tiny:
    import lab

    policy_path = args.warm_start or lab.warm_up(output_dir / "warm", seed=args.seed)
    cached = args.reward_model or policy_path / "reward-model"
    if not cached.is_dir():
        home = output_dir / "warm" / "reward-model"
        cached = lab.train_reward_model(home, policy_path, seed=args.seed)
    policy_path, reward_path = str(policy_path), str(cached)
else:
    policy_path, reward_path = args.model, args.reward

# %% [markdown]
# ## The four models
#
# - **policy**: starts as the fine-tuned model; trained. What to write?
# - **reference**: the same model, frozen. How far has the policy gone?
# - **reward model**: frozen. How good is this answer?
# - **value model**: starts as a copy of the reward model; trained. How good will it become?
#
# The value model has the reward model's shape, one number a token, and starts well from its
# weights: the score of a finished answer is where its prediction must end. It must be a **copy**.
# Pass one object twice and the trainer moves your reward without a word: that is the bug
# `one-object`. `--fresh-value` starts it from the policy with a new, random head.
#
# The reward model reads the policy's token ids as they are. With another tokenizer every id would
# mean something else, and nothing would crash.

# %%
import torch
from transformers import (
    AutoModelForCausalLM,
    AutoModelForSequenceClassification,
    AutoTokenizer,
    set_seed,
)

set_seed(args.seed)  # the trainer seeds PyTorch, but not NumPy, which shuffles the mini-batches
tokenizer = AutoTokenizer.from_pretrained(policy_path, padding_side="left")
reward_tokenizer = AutoTokenizer.from_pretrained(reward_path)
assert tokenizer.get_vocab() == reward_tokenizer.get_vocab(), "the reward model reads other ids"
assert tokenizer.pad_token_id != tokenizer.eos_token_id, "the end token would count as padding"

policy = AutoModelForCausalLM.from_pretrained(policy_path)
# A chat model's own repetition penalty would act on the samples, and the trainer leaves it there.
policy.generation_config.repetition_penalty = 1.0
reward_model = AutoModelForSequenceClassification.from_pretrained(reward_path, num_labels=1)
if args.bug == "one-object":
    value_model = reward_model
elif args.fresh_value:
    value_model = AutoModelForSequenceClassification.from_pretrained(policy_path, num_labels=1)
else:
    value_model = copy.deepcopy(reward_model)
judge = copy.deepcopy(reward_model).eval()  # for our own scores, out of the trainer's reach

# %% [markdown]
# ## The prompts
#
# `PPOTrainer` is the only trainer that wants *token ids*: one column, `input_ids`, and no other
# that can't be padded. Each prompt ends with the opening of the assistant's turn. Padding stands on
# the left, or the policy would write after padding; the trainer does not check that.

# %%
from datasets import Dataset, load_dataset

if args.tiny:
    rows = lab.prompt_only(2_600, seed=30)
else:
    rows = load_dataset(args.dataset, split="train").select(range(20_000))
prompts = [
    tokenizer.apply_chat_template(prompt, add_generation_prompt=True, tokenize=False)
    for prompt in rows["prompt"]
]
train_dataset = Dataset.from_dict({"input_ids": tokenizer(prompts)["input_ids"]})
if not args.tiny:
    train_dataset = train_dataset.filter(lambda row: len(row["input_ids"]) <= 512)

first = train_dataset[0]["input_ids"]
print("columns", train_dataset.column_names, "rows", len(train_dataset))
print("ids    ", first[:20])
print("decoded", tokenizer.decode(first)[:100])
assert train_dataset.column_names == ["input_ids"]
if args.tiny:
    assert tokenizer.decode(first).endswith("<|assistant|>")

# %% [markdown]
# ## What the reward model thinks
#
# Before a policy is trained on scores, look at scores. Five kinds of answer to 500 held-out words.
# The first two occurred in the reward model's pairs. The last three never did: a letter that is
# not in the word, a letter missing, and nothing at all.


# %%
@torch.no_grad()
def scores_of(words: list[str], answers: list[str]) -> torch.Tensor:
    """What the reward model says of answers to words, one number each."""
    turns = [lab.user(w) + lab.assistant(a) for w, a in zip(words, answers, strict=True)]
    texts = [tokenizer.apply_chat_template(turn, tokenize=False) for turn in turns]
    batch = tokenizer(texts, padding=True, return_tensors="pt")
    return judge(**batch).logits.squeeze(-1)


if args.tiny:
    words = lab.make_words(500, seed=99, held_out=True)
    foreign = [next(c for c in lab.LETTERS if c not in word) for word in words]
    kinds = {
        "ascending": [lab.ascending(word) for word in words],
        "descending": [lab.descending(word) for word in words],
        "foreign letter": [c + lab.ascending(w)[1:] for c, w in zip(foreign, words, strict=True)],
        "letter missing": [lab.ascending(word)[1:] for word in words],
        "nothing": ["" for _ in words],
    }
    means = {name: scores_of(words, answers).mean().item() for name, answers in kinds.items()}
    for name, mean in means.items():
        print(f"{name:15s} {kinds[name][0]:6s} mean score {mean:6.2f}")
    assert means["ascending"] > means["descending"] + 1

    before = lab.sample(policy, tokenizer, words)
    score_before = scores_of(words, before).mean().item()
    print(f"{'policy, before':15s} {before[0]:6s} mean score {score_before:6.2f}")

# %% [markdown]
# ## The settings
#
# - `PPOConfig.kl_coef`, written κ here: the price of one nat of distance from the reference. Two
#   answers whose scores differ by 1 end, at the optimum, with odds changed by $e^{1/\kappa}$: a
#   factor of 7 at 0.5, of 5 × 10⁸ at TRL's 0.05. The tiny run takes 0.5, as our DPO run does.
# - `PPOConfig.stop_token`: **unset by default**, and then the policy writes on after its end token.
# - `PPOConfig.missing_eos_penalty`: what an answer without an end token loses.
# - `PPOConfig.num_ppo_epochs` and `PPOConfig.num_mini_batches`: passes over each batch of
#   samples, steps in a pass. Mini-batches work only while gradients are not accumulated.
# - `PPOConfig.temperature`: 0.7 by default; 1 here, so that training samples as we evaluate.
# - `PPOConfig.total_episodes` sets the length. The trainer ignores `max_steps`, `logging_steps`
#   and `max_grad_norm`, and `gradient_checkpointing` too: the script switches that on by hand.

# %%
from trl.experimental.ppo import PPOConfig, PPOTrainer

kl_coef = args.kl_coef if args.kl_coef is not None else (0.5 if args.tiny else 0.05)
learning_rate = args.learning_rate or (3e-4 if args.tiny else 3e-6) * (10 if args.lora else 1)
if args.bug == "over-optimisation":
    kl_coef = 0.0
if args.bug == "too-fast":
    learning_rate *= 10
batch = 64
if args.tiny:
    size = lab.tiny_arguments(output_dir, response_length=lab.WORD_LENGTH + 2)
else:
    size = {"output_dir": str(output_dir), "response_length": 128}
config = PPOConfig(
    kl_coef=kl_coef,
    learning_rate=learning_rate,
    total_episodes=batch * (args.max_steps or (40 if args.tiny else 1_000)),
    per_device_train_batch_size=batch,
    num_ppo_epochs=2,
    num_mini_batches=2,
    temperature=1.0,
    stop_token=None if args.bug == "no-stop" else "eos",
    missing_eos_penalty=1.0,
    num_sample_generations=0,  # we sample ourselves
    seed=args.seed,
    **size,
)

# %% [markdown]
# ## The trainer
#
# `ref_model=None` makes the trainer copy the policy, or, with `peft_config`, use the policy with
# its adapter switched off. The assert below proves that the copy is one.

# %%
from peft import LoraConfig
from transformers import PrinterCallback

if args.gradient_checkpointing:
    policy.gradient_checkpointing_enable()

trainer = PPOTrainer(
    args=config,
    processing_class=tokenizer,
    model=policy,
    ref_model=None,
    reward_model=reward_model,
    value_model=value_model,
    train_dataset=train_dataset,
    peft_config=LoraConfig(r=16, target_modules="all-linear") if args.lora else None,
)
trainer.remove_callback(PrinterCallback)  # the log is read below instead of scrolling by
if trainer.ref_model is not None:
    twins = zip(trainer.policy_model.parameters(), trainer.ref_model.parameters(), strict=True)
    assert all(torch.equal(a, b) for a, b in twins), "the reference has other weights"
    assert not any(p.requires_grad for p in trainer.ref_model.parameters())
for name, model in [("policy", trainer.policy_model), ("value model", trainer.value_model)]:
    print(f"{name:12s} {sum(p.numel() for p in model.parameters() if p.requires_grad):,} trained")

# %% [markdown]
# ## Two measures
#
# A callback samples on held-out words every five batches, and keeps two numbers of the same
# samples: the share in ascending order, which is the truth, and the reward model's mean score,
# which is all that the trainer can see. The gap between them is the subject of this page.

# %%
if args.tiny:
    seen_scores: list[float] = []

    def answer(model, prompts: list[str]) -> list[str]:
        """The policy's own answers, sampled; their scores are kept."""
        answers = lab.sample(getattr(model, "policy", model), tokenizer, prompts)
        seen_scores.append(scores_of(prompts, answers).mean().item())
        return answers

    shares = lab.SampledShares(answer, words, every=5)
    trainer.add_callback(shares)

# %% [markdown]
# ## Train
#
# One batch is one turn of the wheel: 64 prompts, 64 answers, four models' opinions, then two
# passes of two steps each. The trainer collects Python's garbage twice a batch, over every object
# that the imports left behind. `gc.freeze` takes those out of the search; on this model that
# saves most of the time, and it changes no number.

# %%
gc.collect()
gc.freeze()
trainer.train()

# %% [markdown]
# ## Read the log
#
# The first line is a test. The policy has not moved when it writes the first batch, so
# `objective/kl` is zero, and with it `objective/non_score_reward`. `val/ratio` is near 1, not
# exactly 1: the log averages over the four steps on the batch, and only the first one sees the
# untouched policy. `objective/scores` then rises; `objective/kl` rises and flattens, where the
# price stops it.

# %%
log = [entry for entry in trainer.state.log_history if "objective/kl" in entry]
tail = log[-10:]
last = {key: sum(entry[key] for entry in tail) / len(tail) for key in log[-1]}
print(f"{'':28s} {'first':>8s} {'last ten':>8s}")
for key in (
    "objective/scores",
    "objective/kl",
    "objective/non_score_reward",
    "objective/rlhf_reward",
    "objective/entropy",
    "policy/approxkl_avg",
    "policy/clipfrac_avg",
    "loss/policy_avg",
    "loss/value_avg",
    "val/ratio",
    "val/num_eos_tokens",
):
    print(f"{key:28s} {log[0][key]:8.3f} {last[key]:8.3f}")

assert abs(log[0]["objective/kl"]) < 1e-3, "policy and reference differ before the first step"
for entry in log:
    total = entry["objective/scores"] + entry["objective/non_score_reward"]
    assert math.isclose(entry["objective/rlhf_reward"], total, abs_tol=1e-4), "a sum, not less"
    price = -kl_coef * entry["objective/kl"]
    assert math.isclose(entry["objective/non_score_reward"], price, abs_tol=1e-4), "minus κ · KL"

# %% [markdown]
# ## What the policy says after
#
# The floor is the claim of this page: of the held-out words more than 85 of 100 are answered in
# ascending order, from about half, and less than 5 in descending order. The reward model's score
# ends within 0.3 of what it gives a perfect answer. Where it ends *above*, be suspicious.

# %%
results: dict[str, float] = {}
samples: list[dict[str, str]] = []
if args.tiny:
    after = lab.sample(trainer.policy_model, tokenizer, words)
    score_after = scores_of(words, after).mean().item()
    samples = [
        {"prompt": p, "before": b, "after": a}
        for p, b, a in zip(words[:8], before, after, strict=False)
    ]
    for line in samples:
        print(line)
    scores_before, scores_after = lab.evaluate(words, before), lab.evaluate(words, after)
    results = {f"{name}_before": value for name, value in scores_before.items()}
    results |= {f"{name}_after": value for name, value in scores_after.items()}
    results["win_rate"] = lab.win_rate(words, after, before)
    results["ascending_best"] = max(counts["ascending"] for _, counts in shares.seen)
    results |= {"score_before": score_before, "score_after": score_after}
    results |= {"score_of_ascending": means["ascending"], "kl_after": last["objective/kl"]}
    with torch.no_grad():
        moved = (trainer.reward_model.score.weight - judge.score.weight).abs().max().item()
    results["reward_model_moved"] = moved
    print({name: round(value, 3) for name, value in results.items()})
    for (step, counts), score in zip(shares.seen, seen_scores, strict=True):
        print(f"{step:3d} ascending {counts['ascending']:.3f} score {score:6.2f}")

own = (args.kl_coef, args.learning_rate, args.max_steps, args.lora, args.fresh_value)
promised = args.tiny and own == (None, None, None, False, False)
if promised and args.bug is None:
    assert scores_before["ascending"] < 0.6 < 0.85 < scores_after["ascending"]
    assert scores_after["descending"] < 0.05
    assert scores_after["neither"] < 0.12
    assert results["win_rate"] > 0.65
    assert abs(score_after - means["ascending"]) < 0.3
    assert 0 < last["objective/kl"] < 2
    assert 0.9 < log[0]["val/ratio"] < 1.1
    assert results["reward_model_moved"] == 0.0

# %% [markdown]
# ## Break it on purpose
#
# Each bug changes one thing and asserts its own signature. What to look for:
#
# - `over-optimisation`: `objective/scores` rises beyond the score of a perfect answer, which
#   you know only if you measured it; `objective/kl` grows to tens of nats. The samples hold
#   letters that are not in the word: the reward model never saw one, and likes some.
# - `too-fast`: the steps on the first batches carry the ratio away from 1, and the clip bites on
#   a fifth of the tokens. The policy falls into the answer "nothing", whose score stood in the
#   table above before training began. `objective/rlhf_reward` falls: the price is paid.
# - `no-stop`: `val/num_eos_tokens` is not one an answer, and the reward model reads a text that
#   nobody asked for. The trainer also takes the end token out of the policy's generation config,
#   which is saved with the model: that is why the curve of samples starts below the other runs.
# - `one-object`: `objective/scores` lags behind what a frozen copy says of the same policy, since
#   the scorer itself moves, towards what the value model is taught. Compare the two; the reward
#   model's head proves it.

# %%
last_scores = last["objective/scores"]
if promised and args.bug == "over-optimisation":
    assert last_scores > means["ascending"] + 0.5, "beyond the score of a perfect answer"
    assert last["objective/kl"] > 10
    assert scores_after["ascending"] < 0.1
elif promised and args.bug == "too-fast":
    assert max(entry["policy/clipfrac_avg"] for entry in log) > 0.2
    assert last_scores > means["ascending"] and scores_after["ascending"] < 0.1
    assert last["objective/rlhf_reward"] < log[0]["objective/rlhf_reward"]
elif promised and args.bug == "no-stop":
    assert abs(log[0]["val/num_eos_tokens"] - batch) > 3
    assert trainer.policy_model.generation_config.eos_token_id is None
    assert scores_after["ascending"] < 0.7
elif promised and args.bug == "one-object":
    assert results["reward_model_moved"] > 1e-3
    assert score_after > score_before and last_scores < score_after - 0.5

# %% [markdown]
# ## Save, reload, compare
#
# `PPOTrainer.save_model` writes the policy alone. The value model is lost with the process: keep it
# yourself if you want to go on training. With `--lora` the adapter is saved, and reloading finds
# the base model by its path.

# %%
from peft import AutoPeftModelForCausalLM

trainer.save_model(str(output_dir / "final"))
load = AutoPeftModelForCausalLM if args.lora else AutoModelForCausalLM
saved = trainer.policy_model
reloaded = load.from_pretrained(output_dir / "final", dtype=saved.dtype).to(saved.device).eval()
probe = torch.tensor([first], device=saved.device)
with torch.no_grad():
    pair = [model(probe).logits.float() for model in (saved.eval(), reloaded)]
assert torch.allclose(*pair, atol=1e-5), "the reloaded model differs"

# %% [markdown]
# The numbers on this page and its curves come from this file.

# %%
if args.metrics:
    curve = [[step, score] for (step, _), score in zip(shares.seen, seen_scores, strict=True)]
    series = shares.series() | {"reward_model_score": curve}
    lab.write_record(args.metrics, log, results, samples, args.seed, series)
print("all checks passed")

# %% [markdown]
# ## Exercises
#
# 1. The reward model gives 0.72 to a perfect answer and 1.39 to an empty one. Why does the run on
#    this page not end with empty answers, and the one with the high learning rate does?
#
#    <details class="answer"><summary>Answer</summary>
#
#    At the optimum an answer's odds change by $e^{\Delta r/\kappa}$: an empty answer gains
#    $e^{(1.39-0.72)/0.5}\approx3.8$ over a perfect one. The fine-tuned model hardly ever says
#    nothing, and four times hardly ever is still hardly ever. The price on distance protects
#    exactly there, where the reference has almost no mass. Large steps do not stop at the optimum:
#    they overshoot into a corner from which no sample leads back, since all 64 samples are equal.
#    </details>
#
# 2. `--kl-coef 0.05` is TRL's default. What factor do the odds of the foreign letter gain over the
#    ascending answer there, and at the 0.5 of this page?
#
#    <details class="answer"><summary>Answer</summary>
#
#    The scores differ by 0.96 − 0.72 = 0.24. So $e^{0.24/0.05}\approx120$ against
#    $e^{0.24/0.5}\approx1.6$. The recorded run `cheap` shows the former.
#    </details>
#
# 3. Which logged metric would have told you of `over-optimisation` without a single sample?
#
#    <details class="answer"><summary>Answer</summary>
#
#    `objective/kl`. The scores only rise, and the losses look better than in the good run. A KL of
#    20 nats for an answer of six tokens means that the reference finds these answers $e^{20}$ times
#    less likely than the policy does.
#    </details>
