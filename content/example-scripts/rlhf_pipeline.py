# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "trl==1.12.0",
#   "transformers==5.23.0",
#   "torch==2.13.0",
#   "datasets==5.2.0",
#   "accelerate==1.15.0",
#   "tokenizers==0.23.3",
# ]
#
# [tool.tutorial]
# title = "Two routes, one table: the RLHF pipeline and DPO"
# question = "From one model and one set of pairs: what do both routes cost, and where do they end?"
# summary = """SFT, reward model and PPO against DPO, in one script on TRL 1.12.0: the same pairs, \
#   the same price on distance, one table of samples, KL, scores, truth, seconds and models."""
# trainers = ["ppo"]
# difficulty = 3
# prerequisites = [
#   "What PPO computes: [the PPO objective](/guides/ppo-objective/)",
#   "What DPO computes: [the DPO loss](/guides/dpo-loss/)",
# ]
# covers = [
#   "SFT, reward model, PPO and DPO in a row",
#   "what each stage hands to the next",
#   "one table for both routes",
#   "both routes with a price that is too low, and without SFT",
# ]
# papers = ["1909.08593", "2305.18290", "1707.06347"]
# next = ["guides/rlhf-and-dpo", "examples/ppo-training", "examples/dpo-training"]
# unchecked = [
#   "the default run, which downloads models and wants a GPU: neither its time nor its memory",
#   "TRL newer than 1.12.0: PPOTrainer is gone there",
# ]
#
# [[tool.tutorial.plots]]
# title = "Share of held-out words answered in ascending order, along each route's own steps"
# text = """A step of PPO writes 64 answers and takes two optimizer steps on them; a step of DPO \
#   reads 32 pairs. The axes count steps, not cost: the table does that."""
# series = ["ppo_ascending_share", "dpo_ascending_share"]
# variants = ["plain", "bug-cheap"]
#
# [tool.tutorial.bugs]
# cheap = """A tenth of the price on distance, for both. PPO finds what the reward model never \
#   saw; DPO has no reward model to fool, and loses less."""
# skip-sft = "No fine-tuning first. Neither route can push up what the model never says."
#
# [tool.tutorial.hardware]
# "Default run" = "Time and memory not measured."
# ///
# Longer than 250 lines: it is a page too, prose, checks and exercises included.

# %% [markdown]
# One objective, two routes. Both want answers that a judge prefers, at a price for every nat of
# distance from the fine-tuned model:
#
# $$\max_\pi\;\mathbb E_{y\sim\pi}[r(x,y)]-\beta\,\mathrm{KL}(\pi\Vert\pi_{\mathrm{SFT}}).$$
#
# *RLHF* fits $r$ to pairs, then lets the policy write and improves what it wrote, with PPO. *DPO*
# puts the pairs into one loss and never writes. This script runs both from the same fine-tuned
# model, on the same pairs, with the same price, and prints one table. The
# [guide](/guides/rlhf-and-dpo/) reads it.
#
# It pins **TRL 1.12.0**, the last release with `PPOTrainer`, which also has the other three.
#
# ```bash
# # this page
# uv run rlhf_pipeline.py --tiny
# # both routes, too cheap
# uv run rlhf_pipeline.py --tiny --bug cheap
# # real models; wants a GPU
# uv run rlhf_pipeline.py
# ```
#
# `--tiny` needs `lab.py` in the same folder.

# %%
import argparse
import gc
import tempfile
import time
from pathlib import Path

BUGS = ["cheap", "skip-sft"]
parser = argparse.ArgumentParser(description="SFT, reward model and PPO against DPO.")
parser.add_argument("--tiny", action="store_true", help="the synthetic world, on a CPU")
parser.add_argument("--bug", choices=BUGS, help="goes wrong in one way; needs --tiny")
parser.add_argument("--model", default="Qwen/Qwen2-0.5B")
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--warm-start", type=Path, help="a folder of an earlier SFT stage")
parser.add_argument("--output-dir", type=Path, help="default: a temporary folder")
parser.add_argument("--metrics", type=Path, help="with --tiny: write what the run did as JSON")
args, _ = parser.parse_known_args()  # a notebook passes arguments of its own
if args.bug and not args.tiny:
    parser.error("--bug needs --tiny: the failures are measured in the synthetic world")
if args.metrics and not args.tiny:
    parser.error("--metrics needs --tiny")

output_dir = args.output_dir or Path(tempfile.mkdtemp(prefix="rlhf-"))
price = 0.05 if args.bug == "cheap" else 0.5  # β for DPO, kl_coef for PPO: the same number
seconds: dict[str, float] = {}

# %% [markdown]
# ## The data
#
# Demonstrations for the first stage, pairs for the second and for DPO, prompts for PPO. In the lab
# a prompt is a word, the corpus answers it in ascending or in descending order, and the judge of
# the pairs prefers ascending and errs in one of ten.

# %%
from datasets import load_dataset

if args.tiny:
    import lab

    demonstrations = lab.prompt_completion(8_000, seed=args.seed)
    pairs = lab.preference(4_000, seed=20, rejected="mixed", flipped=0.1)
    prompts = lab.prompt_only(2_600, seed=30)["prompt"]
else:
    demonstrations = load_dataset("trl-lib/Capybara", split="train")
    pairs = load_dataset("trl-lib/ultrafeedback_binarized", split="train")
    prompts = load_dataset("trl-lib/ultrafeedback-prompt", split="train")["prompt"]
for name, rows in {"demonstrations": demonstrations, "pairs": pairs}.items():
    print(name, len(rows), rows.column_names)
print("prompts", len(prompts))


def common(folder: str, steps: int, batch: int, rate: float, **more) -> dict:
    """Arguments of any of the four configs; `steps` and `batch` are those of the tiny run."""
    if args.tiny:
        tiny = {"max_steps": steps, "per_device_train_batch_size": batch, "learning_rate": rate}
        return lab.tiny_arguments(output_dir / folder, seed=args.seed, **tiny, **more)
    return {"output_dir": str(output_dir / folder), "seed": args.seed, "report_to": "none"}


# %% [markdown]
# ## Stage 1: fine-tune
#
# In: demonstrations. Out: a folder with a model that can do the task in either order. Everything
# later starts here, and the reference of both routes is this model.

# %%
from transformers import AutoTokenizer, PrinterCallback, set_seed
from trl import SFTConfig, SFTTrainer

started = time.process_time()
sft_path = str(args.warm_start or output_dir / "warm")
if args.bug == "skip-sft":
    sft_path = str(output_dir / "untrained")
    tokenizer = lab.make_tokenizer()
    tokenizer.save_pretrained(sft_path)
    lab.make_model(tokenizer, args.seed).save_pretrained(sft_path)
elif args.warm_start is None:
    steps = {"lr_scheduler_type": "cosine", "warmup_steps": 20}
    trainer = SFTTrainer(
        model=lab.make_model(lab.make_tokenizer(), args.seed) if args.tiny else args.model,
        args=SFTConfig(**common("warm", 400, 64, 3e-3, **steps)),
        train_dataset=demonstrations,
        processing_class=lab.make_tokenizer() if args.tiny else None,
    )
    trainer.remove_callback(PrinterCallback)
    trainer.train()
    trainer.save_model(sft_path)
tokenizer = AutoTokenizer.from_pretrained(sft_path, padding_side="left")
assert tokenizer.pad_token_id != tokenizer.eos_token_id
seconds["sft"] = time.process_time() - started

# %% [markdown]
# ## Stage 2: a reward model
#
# In: the fine-tuned model's weights, and the pairs. Out: a folder with a model that gives a text
# one number. It keeps the fine-tuned model's tokenizer, which PPO relies on. DPO skips this stage.

# %%
from transformers import AutoModelForSequenceClassification
from trl import RewardConfig, RewardTrainer

started = time.process_time()
reward_path = str(output_dir / "reward-model")
set_seed(args.seed)  # of the new head
trainer = RewardTrainer(
    model=AutoModelForSequenceClassification.from_pretrained(sft_path, num_labels=1),
    args=RewardConfig(
        **common("reward", 200, 32, 1e-3, lr_scheduler_type="cosine", warmup_steps=10)
    ),
    train_dataset=pairs,
    processing_class=tokenizer,
)
trainer.remove_callback(PrinterCallback)
trainer.train()
trainer.save_model(reward_path)
seconds["reward"] = time.process_time() - started

# %% [markdown]
# ## How a policy is judged
#
# On samples for held-out words: the share in ascending order (the truth), the reward model's mean
# score (PPO's target), and the KL to the fine-tuned model, estimated as the mean log-ratio of the
# samples. DPO never sees the score; it is measured for comparison.

# %%
import torch
from transformers import AutoModelForCausalLM

sft_model = AutoModelForCausalLM.from_pretrained(sft_path).eval()
judge = AutoModelForSequenceClassification.from_pretrained(reward_path).eval()
words = lab.make_words(500, seed=99, held_out=True) if args.tiny else []


@torch.no_grad()
def completion_log_prob(model, texts: list[str], starts: list[int]) -> torch.Tensor:
    """Log-probability of each text from its `starts`-th token on, (B,)."""
    batch = tokenizer(texts, padding=True, padding_side="right", return_tensors="pt")
    ids = batch["input_ids"]
    log_probs = model(**batch).logits[:, :-1].log_softmax(-1)
    tokens = log_probs.gather(-1, ids[:, 1:].unsqueeze(-1)).squeeze(-1)  # (B, T-1)
    position = torch.arange(1, ids.shape[1])
    mask = (position >= torch.tensor(starts).unsqueeze(1)) & batch["attention_mask"][:, 1:].bool()
    return (tokens * mask).sum(dim=1)


def judged(model) -> tuple[dict[str, float], list[str]]:
    """Shares, reward, score and KL of a policy's answers to the held-out words, and the answers."""
    answers = lab.sample(model, tokenizer, words)
    turns = [lab.user(w) + lab.assistant(a) for w, a in zip(words, answers, strict=True)]
    texts = [tokenizer.apply_chat_template(turn, tokenize=False) for turn in turns]
    starts = [len(word) + 3 for word in words]  # user, the word, end, assistant
    with torch.no_grad():
        batch = tokenizer(texts, padding=True, return_tensors="pt")
        score = judge(**batch).logits.mean().item()
    log_ratio = completion_log_prob(model.eval(), texts, starts)
    log_ratio -= completion_log_prob(sft_model, texts, starts)
    return lab.evaluate(words, answers) | {"score": score, "kl": log_ratio.mean().item()}, answers


# %% [markdown]
# ## Stage 3, the long route: PPO
#
# In: two folders, and prompts without answers. Four models stand in memory: the policy and its
# frozen copy, the reward model, and a value model that starts as a copy of the reward model.

# %%
from datasets import Dataset
from trl.experimental.ppo import PPOConfig, PPOTrainer

started = time.process_time()
set_seed(args.seed)  # NumPy too, which shuffles the mini-batches
texts = [
    tokenizer.apply_chat_template(prompt, add_generation_prompt=True, tokenize=False)
    for prompt in prompts
]
policy = AutoModelForCausalLM.from_pretrained(sft_path)
# A repetition penalty of the model's own would act on the samples, and the trainer leaves it there.
policy.generation_config.repetition_penalty = 1.0
batches, batch_size = (40 if args.tiny else 1_000), 64
sizes = common("ppo", -1, batch_size, 3e-4)
ppo = PPOTrainer(
    args=PPOConfig(
        **sizes | {"per_device_train_batch_size": batch_size},
        kl_coef=price,
        total_episodes=batches * batch_size,
        num_ppo_epochs=2,
        temperature=1.0,
        stop_token="eos",
        missing_eos_penalty=1.0,
        response_length=lab.WORD_LENGTH + 2 if args.tiny else 128,
        num_sample_generations=0,
    ),
    processing_class=tokenizer,
    model=policy,
    ref_model=None,
    reward_model=AutoModelForSequenceClassification.from_pretrained(reward_path),
    value_model=AutoModelForSequenceClassification.from_pretrained(reward_path),
    train_dataset=Dataset.from_dict({"input_ids": tokenizer(texts)["input_ids"]}),
)
ppo.remove_callback(PrinterCallback)
if args.tiny:
    ppo_shares = lab.SampledShares(
        lambda model, asked: lab.sample(getattr(model, "policy", model), tokenizer, asked), words
    )
    ppo.add_callback(ppo_shares)
gc.collect()
gc.freeze()  # the trainer collects garbage twice a batch; this keeps that short
ppo.train()
ppo.save_model(str(output_dir / "ppo-final"))
seconds["ppo"] = time.process_time() - started

ppo_log = [entry for entry in ppo.state.log_history if "objective/kl" in entry]
assert abs(ppo_log[0]["objective/kl"]) < 1e-3, "policy and reference differ at the start"

# %% [markdown]
# ## The short route: DPO
#
# In: one folder and the pairs. Two models in memory. β is the same number as PPO's price, since
# both stand for the same thing in the objective above.

# %%
from trl import DPOConfig, DPOTrainer

started = time.process_time()
dpo = DPOTrainer(
    model=sft_path,
    args=DPOConfig(**common("dpo", 120, 32, 1e-4), beta=price),
    train_dataset=pairs,
    processing_class=tokenizer,
)
dpo.remove_callback(PrinterCallback)
if args.tiny:
    dpo_shares = lab.SampledShares(lambda model, asked: lab.sample(model, tokenizer, asked), words)
    dpo.add_callback(dpo_shares)
dpo.train()
dpo.save_model(str(output_dir / "dpo-final"))
seconds["dpo"] = time.process_time() - started

dpo_log = [entry for entry in dpo.state.log_history if "loss" in entry]
if args.tiny:
    assert abs(dpo_log[0]["loss"] - 0.6931) < 1e-3, "policy and reference differ at the start"

# %% [markdown]
# ## One table
#
# *Written* counts answers that the model sampled in training, *pairs* those that were read, each
# time they were read. *Seconds* are processor seconds of one thread, of this route's own stages
# after SFT; they hold the samples that the curves needed.

# %%
results: dict[str, float] = {}
samples: list[dict[str, str]] = []
if args.tiny:
    found = {"SFT": judged(sft_model), "PPO": judged(ppo.policy_model), "DPO": judged(dpo.model)}
    cost = {
        "SFT": (0, 0, seconds["sft"], 1),
        "PPO": (batches * batch_size, 200 * 32, seconds["reward"] + seconds["ppo"], 4),
        "DPO": (0, 120 * 32, seconds["dpo"], 2),
    }
    print("       written  pairs     KL  score  ascending  neither  reward  seconds  models")
    for name, (scores, _) in found.items():
        written, read, spent, models = cost[name]
        print(
            f"{name:5s} {written:8d} {read:6d} {scores['kl']:6.2f} {scores['score']:6.2f} "
            f"{scores['ascending']:10.3f} {scores['neither']:8.3f} {scores['reward']:7.3f} "
            f"{spent:8.1f} {models:7d}"
        )
        route = name.lower()
        results |= {f"{route}_{key}": value for key, value in scores.items()}
        results |= {f"{route}_written": written, f"{route}_pairs": read}
        results |= {f"{route}_seconds": spent, f"{route}_models": models}
    answers = {name: said for name, (_, said) in found.items()}
    results["win_rate_ppo_over_dpo"] = lab.win_rate(words, answers["PPO"], answers["DPO"])
    perfect = [lab.user(w) + lab.assistant(lab.ascending(w)) for w in words]
    batch = tokenizer(
        [tokenizer.apply_chat_template(turn, tokenize=False) for turn in perfect],
        padding=True,
        return_tensors="pt",
    )
    with torch.no_grad():
        results["score_of_ascending"] = judge(**batch).logits.mean().item()
    print("a perfect answer scores", round(results["score_of_ascending"], 3))
    samples = [
        {"prompt": w, "before": b, "after": f"PPO {p}, DPO {d}"}
        for w, b, p, d in zip(
            words[:8], answers["SFT"], answers["PPO"], answers["DPO"], strict=False
        )
    ]
    for line in samples:
        print(line)

# %% [markdown]
# What this page promises. Both routes leave the fine-tuned model's coin flip behind: more than 80
# of 100 held-out words in the preferred order. PPO's score ends within 0.3 of a perfect answer's.
# And both end within a few nats of where they started. With a tenth of the price PPO scores
# higher than a perfect answer and says less of the truth than DPO does.

# %%
if args.tiny and args.bug is None:
    assert results["sft_ascending"] < 0.6
    assert min(results["ppo_ascending"], results["dpo_ascending"]) > 0.8
    assert abs(results["ppo_score"] - results["score_of_ascending"]) < 0.3
    assert 0 < results["ppo_kl"] < 3 and 0 < results["dpo_kl"] < 3
elif args.bug == "cheap":
    assert results["ppo_score"] > results["score_of_ascending"] + 0.3
    assert results["ppo_ascending"] < results["dpo_ascending"]
elif args.bug == "skip-sft":
    assert max(results["ppo_ascending"], results["dpo_ascending"]) < 0.05

# %% [markdown]
# ## Reload
#
# Each stage hands over a folder. A model loaded from one of the last two answers as the model in
# memory does.

# %%
for name, model in {"ppo": ppo.policy_model, "dpo": dpo.model}.items():
    again = AutoModelForCausalLM.from_pretrained(output_dir / f"{name}-final", dtype=model.dtype)
    probe = torch.tensor([tokenizer(texts[0])["input_ids"]], device=model.device)
    with torch.no_grad():
        logits = [m(probe).logits.float() for m in (model.eval(), again.to(model.device).eval())]
    assert torch.allclose(*logits, atol=1e-5), "the reloaded model differs"

if args.metrics:
    series = {"ppo_ascending_share": ppo_shares.series()["ascending_share"]}
    series["dpo_ascending_share"] = dpo_shares.series()["ascending_share"]
    lab.write_record(args.metrics, ppo_log, results, samples, args.seed, series)
print("all checks passed")

# %% [markdown]
# ## Exercises
#
# 1. The reward model was trained on the pairs that DPO reads. Why does PPO have a hole to fall
#    into, and DPO has not?
#
#    <details class="answer"><summary>Answer</summary>
#
#    The reward model answers for *every* text, also for those that no pair resembles, and PPO asks
#    it about whatever the policy writes. DPO's implicit reward is asked about the pairs' own texts
#    alone. It may drift elsewhere, but nothing searches for the place where it is wrong.
#    </details>
#
# 2. DPO and PPO share the objective, the pairs and the price. Must they end at the same KL?
#
#    <details class="answer"><summary>Answer</summary>
#
#    They need not be: the shared optimum takes a finished optimisation and the judge's reward for
#    *r*. Both runs stop early, PPO's reward is the fitted model's, and DPO's fit is bound to the
#    pairs. In the good run they nearly agree all the same; in `cheap` they do not.
#    </details>
#
# 3. What would you change to train the long route with TRL 1.16.0?
#
#    <details class="answer"><summary>Answer</summary>
#
#    `RLOOTrainer` or `GRPOTrainer` in the place of `PPOTrainer`: the reward model goes into
#    `reward_funcs`, the prompts stay conversations, the value model disappears, and `kl_coef`
#    becomes `beta`. Stages 1 and 2 stay as they are.
#    </details>
