# /// script
# requires-python = ">=3.10"
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
# title = "Train with DPO, and know that it worked"
# question = "What does a DPO run look like when each step is checked, and when it goes wrong?"
# summary = """A complete DPO script: a real model by default, a CPU-sized world with --tiny, \
#   asserts at every step, samples before and after, and failures on demand."""
# trainers = ["dpo"]
# difficulty = 1
# prerequisites = [
#   "Python; having run a training script once",
#   "What the loss does: [the DPO loss](/guides/dpo-loss/)",
# ]
# covers = [
#   "data with prompt, chosen, rejected",
#   "first-loss check",
#   "evaluation by samples",
#   "reproduced failures",
#   "LoRA and other memory recipes",
#   "save and reload",
# ]
# papers = ["2305.18290"]
# next = ["trainers/dpo", "guides/dpo-loss"]
# unchecked = [
#   "the default run, which downloads a model and wants a GPU",
#   "the flag --load-in-4bit, which needs CUDA",
# ]
#
# [[tool.tutorial.plots]]
# title = "The run on this page against one with ten times its learning rate"
# text = """The chosen answers become more likely and stay so. With the high rate they fall by up \
#   to eight nats, although the margin ends ten times larger."""
# series = ["rewards/margins", "logps/chosen"]
# variants = ["plain", "bug-both-fall"]
#
# [[tool.tutorial.plots]]
# title = "Swapped labels: by its own metrics as good as the run on this page"
# series = ["loss", "rewards/accuracies"]
# variants = ["plain", "bug-swapped"]
#
# [tool.tutorial.bugs]
# both-fall = "A learning rate ten times too high. Loss 0, accuracy 1, and sorting is forgotten."
# swapped = "Chosen and rejected exchanged. Every metric looks perfect; only samples tell."
# wrong-reference = "A reference that is not the initial policy. The first loss is not ln 2."
# truncated = "Answers cut before they differ. Margin 0, gradient 0, loss ln 2 for ever."
# ///

# %% [markdown]
# You train a model on pairs of answers with `DPOTrainer`, and check at each step what can be
# checked: the columns, the tokens that count, the reference, the first loss, and what the model
# *says* before and after.
#
# By default the script loads a real model and a real data set from the Hub. With `--tiny` it runs
# on a CPU, without a network, in a world made on the spot: a word of five letters is to be
# sorted. The model has been fine-tuned on answers of which half ascend and half descend. The
# pairs say that ascending is preferred. Nothing in a prompt tells which is wanted, so only the
# preference can.
#
# ```bash
# uv run dpo_training.py --tiny                  # the run on this page
# uv run dpo_training.py --tiny --bug both-fall  # the same, going wrong
# uv run dpo_training.py                         # a real model; wants a GPU
# ```
#
# `--tiny` needs `lab.py` in the same folder.

# %%
import argparse
import json
import math
import tempfile
from pathlib import Path

parser = argparse.ArgumentParser(description="DPO with TRL, checked at every step.")
parser.add_argument("--tiny", action="store_true", help="the synthetic world, on a CPU")
parser.add_argument("--bug", choices=["both-fall", "swapped", "wrong-reference", "truncated"])
parser.add_argument("--model", default="Qwen/Qwen2.5-0.5B-Instruct")
parser.add_argument("--dataset", default="trl-lib/ultrafeedback_binarized")
parser.add_argument("--loss-type", nargs="+", default=["sigmoid"])
parser.add_argument("--beta", type=float, default=0.1)
parser.add_argument("--learning-rate", type=float, help="default: 1e-4 with --tiny, else 1e-6")
parser.add_argument("--max-steps", type=int, help="default: 60 with --tiny, else one epoch")
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--gradient-checkpointing", action="store_true")
parser.add_argument("--lora", action="store_true")
parser.add_argument("--precompute-ref", action="store_true")
parser.add_argument("--load-in-4bit", action="store_true", help="needs CUDA and bitsandbytes")
parser.add_argument("--warm-start", type=Path, help="a folder that lab.warm_up has written")
parser.add_argument("--output-dir", type=Path, help="default: a temporary folder")
parser.add_argument("--metrics", type=Path, help="write series, results and samples as JSON")
args, _ = parser.parse_known_args()
if args.bug and not args.tiny:
    parser.error("--bug needs --tiny: the failures are measured in the synthetic world")

output_dir = args.output_dir or Path(tempfile.mkdtemp(prefix="dpo-"))
learning_rate = args.learning_rate or (1e-4 if args.tiny else 1e-6)
if args.bug == "both-fall":
    learning_rate *= 10
# What the tiny run promises, it promises for its own settings.
changed = args.loss_type != ["sigmoid"] or args.lora or args.max_steps or args.learning_rate
promised = args.tiny and args.beta == 0.1 and not changed

# %% [markdown]
# ## The model
#
# `DPOTrainer` takes a path or a model. A path is better: the trainer needs the same weights
# twice, as policy and as [reference](glossary:reference-model), and loads the second copy from
# the path that the config of the first one remembers. A model that only exists in memory has no
# such path.
#
# The tiny model is warmed up with `SFTTrainer` on the two-way corpus, which takes about ten
# seconds.

# %%
if args.tiny:
    import lab

    model_path = str(args.warm_start or lab.warm_up(output_dir / "warm", seed=args.seed))
else:
    model_path = args.model

from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained(model_path)

# %% [markdown]
# ## The data
#
# Three columns: `prompt`, `chosen`, `rejected`. Here each holds a conversation, a list of
# messages with roles, so that the tokenizer's chat template is used in training as it will be in
# chat. Some sets have no `prompt` column; the trainer then takes the common beginning of both
# sides.
#
# Look at the data before you train on it. In these pairs both answers hold the same letters, and
# they are of equal length, so length can't be what the model learns.

# %%
from datasets import load_dataset

if args.tiny:
    rejected = "nearly" if args.bug == "truncated" else "descending"
    train_dataset = lab.preference(2_000, seed=10, rejected=rejected)
    eval_dataset = lab.preference(200, seed=11, rejected=rejected, held_out=True)
else:
    data = load_dataset(args.dataset)
    train_dataset, eval_dataset = data["train"], data["test"].select(range(200))

if args.bug == "swapped":
    names = {"chosen": "rejected", "rejected": "chosen"}
    train_dataset = train_dataset.rename_columns({"chosen": "swap"}).rename_columns(
        {"rejected": "chosen", "swap": "rejected"}
    )

assert {"chosen", "rejected"} <= set(train_dataset.column_names), train_dataset.column_names
print(json.dumps(train_dataset[0], indent=1)[:600])

# %% [markdown]
# ## The settings
#
# Three of them decide most of what happens: `DPOConfig.beta`, `DPOConfig.learning_rate` and how
# long you train. β = 0.1 is TRL's default. The learning rate is TRL's default of 1e-6 for the
# real model and a hundred times that for the tiny one, whose weights are young.
#
# The memory recipes cost nothing in quality and something in time:
#
# - `--gradient-checkpointing` recomputes activations in the backward pass instead of keeping them;
# - `--precompute-ref` runs the reference once over the data and then drops it;
# - `--lora` trains small matrices, and the reference is the model without them;
# - `--load-in-4bit` stores the frozen weights in 4 bits, together with `--lora`.

# %%
from trl import DPOConfig

common = {
    "loss_type": args.loss_type,
    "beta": args.beta,
    "learning_rate": learning_rate,
    "precompute_ref_log_probs": args.precompute_ref,
    "seed": args.seed,
}
if args.tiny:
    common |= lab.tiny_arguments(
        output_dir, per_device_train_batch_size=32, max_steps=args.max_steps or 60
    )
else:
    common |= {
        "output_dir": str(output_dir),
        "per_device_train_batch_size": 4,
        "gradient_accumulation_steps": 4,
        "max_steps": args.max_steps or -1,
        "num_train_epochs": 1,
        "logging_steps": 10,
        "logging_first_step": True,
    }
common["gradient_checkpointing"] = args.gradient_checkpointing
if args.bug == "truncated":
    common["max_length"] = (
        11  # eight tokens of prompt, three of the answer; they differ in the fourth
    )

config = DPOConfig(**common)

# %% [markdown]
# ## The trainer
#
# Without `ref_model` the trainer makes the reference itself, which is what you want unless you
# know better. The bug `wrong-reference` passes another model: it stands for the real cases, a
# folder that was overwritten, the wrong checkpoint, an adapter switched on in one of the two.

# %%
from peft import LoraConfig
from transformers import BitsAndBytesConfig
from trl import DPOTrainer

ref_model = lab.make_model(tokenizer, seed=1) if args.bug == "wrong-reference" else None
trainer = DPOTrainer(
    model=model_path,
    ref_model=ref_model,
    args=config,
    train_dataset=train_dataset,
    eval_dataset=eval_dataset,
    processing_class=tokenizer,
    quantization_config=BitsAndBytesConfig(load_in_4bit=True) if args.load_in_4bit else None,
    peft_config=LoraConfig(r=16, target_modules="all-linear") if args.lora else None,
)

# %% [markdown]
# ## What one batch looks like
#
# The trainer has replaced the texts by ids. The collator stacks the chosen answers on the
# rejected ones: row 0 and row *B* are a pair. Only where `completion_mask` is 1 do tokens count.

# %%
row = trainer.train_dataset[0]
assert {"prompt_ids", "chosen_ids", "rejected_ids"} <= set(row), row.keys()

batch = trainer.data_collator([trainer.train_dataset[i] for i in range(2)])
ids, mask = batch["input_ids"], batch["completion_mask"]
print("input_ids", tuple(ids.shape), "completion_mask", tuple(mask.shape))
for name, i in [("chosen", 0), ("rejected", len(ids) // 2)]:
    counted = ids[i][mask[i].bool()]
    print(f"{name:8s} all: {tokenizer.decode(ids[i])!r}")
    print(f"{'':8s} counted: {tokenizer.decode(counted)!r}")
    assert mask[i].sum() > 0, "no token of this answer counts: look at max_length"
    if args.bug != "truncated":
        assert counted[-1] == tokenizer.eos_token_id or not args.tiny, "the end token must count"

# %% [markdown]
# ## Before the first step
#
# Policy and reference are the same model now, so every [log-ratio](glossary:log-ratio) is zero,
# and the loss has a value that you can write down: $\log 2$ for `sigmoid`, whatever β and
# whatever the data. This is the cheapest test in all of DPO. For other loss types see the
# [fingerprints](/guides/dpo-loss/#first-loss-fingerprints).

# %%
import torch


def first_loss() -> float:
    """The loss of the policy as it stands on the two rows above, and nothing else changed."""
    inputs = trainer._prepare_inputs({k: v.clone() for k, v in batch.items()})
    with torch.no_grad(), trainer.compute_loss_context_manager():
        loss = trainer.compute_loss(trainer.model, inputs)
    trainer._metrics["train"].clear()  # this batch is not part of the run
    trainer._metrics["eval"].clear()
    return loss.item()


loss_at_start = first_loss()
print(f"loss before the first step: {loss_at_start:.4f}, ln 2 = {math.log(2):.4f}")
if args.loss_type == ["sigmoid"]:
    agrees = math.isclose(loss_at_start, math.log(2), abs_tol=1e-4)
    assert agrees == (args.bug != "wrong-reference"), "policy and reference differ at step 0"

# %% [markdown]
# ## What the model says before
#
# Metrics of the trainer are computed on the given answers. What the model would say *by itself*
# is another question, and the one that matters. So sample, now and after training, on held-out
# prompts.

# %%
if args.tiny:
    words = lab.make_words(400, seed=99, held_out=True)
    before = lab.sample(trainer.model, tokenizer, words)
    scores_before = lab.evaluate(words, before)
else:
    words = [row["prompt"] if "prompt" in row else row["chosen"][:-1] for row in eval_dataset][:3]
    before, scores_before = [], trainer.evaluate()
print(scores_before)

# %% [markdown]
# ## Train
#
# Each step is logged; the log is read below instead of scrolling by.

# %%
from transformers import PrinterCallback

trainer.remove_callback(PrinterCallback)
trainer.train()

# %% [markdown]
# ## Read the log
#
# In a good run `rewards/accuracies` leaves 0 at once, `rewards/margins` grows, and
# `rewards/chosen` stays near or above zero: the chosen answers did not become less likely. The
# asserts below are what this script promises, and what each bug breaks.

# %%
log = [entry for entry in trainer.state.log_history if "loss" in entry]
last = {key: sum(e[key] for e in log[-5:]) / len(log[-5:]) for key in log[-1] if key != "epoch"}
for key in ("loss", "rewards/accuracies", "rewards/margins", "rewards/chosen", "logps/chosen"):
    print(f"{key:20s} first {log[0][key]:8.4f}   last {last[key]:8.4f}")

if promised:
    if args.bug == "truncated":
        assert all(abs(e["loss"] - math.log(2)) < 1e-4 and e["grad_norm"] < 1e-5 for e in log)
    elif args.bug == "both-fall":
        assert last["rewards/accuracies"] > 0.99 and last["rewards/margins"] > 5
        assert last["rewards/chosen"] < -0.2, "the chosen answers became less likely as well"
    elif args.bug is None:
        assert log[0]["rewards/accuracies"] == 0.0, "all rewards are 0 before the first step"
        assert last["loss"] < 0.6 and last["rewards/accuracies"] > 0.95

# %% [markdown]
# ## What the model says after
#
# The floor below is the claim of this page: of the held-out words more than three quarters are
# now sorted the preferred way, from less than six tenths before, and hardly any the other way.
#
# With `--bug both-fall` the trainer's own metrics are better than in the good run: accuracy 1, a
# larger margin, a smaller loss. And the model can't sort any more. With `--bug swapped` they are
# just as good as in the good run, and the model sorts the wrong way.

# %%
results = {f"{name}_before": value for name, value in scores_before.items()}
samples = []
if args.tiny:
    after = lab.sample(trainer.model, tokenizer, words)
    scores_after = lab.evaluate(words, after)
    results |= {f"{name}_after": value for name, value in scores_after.items()}
    results["win_rate"] = lab.win_rate(words, after, before)
    samples = [
        {"prompt": w, "before": b, "after": a}
        for w, b, a in zip(words[:8], before[:8], after[:8], strict=True)
    ]
    for line in samples:
        print(line)
    if promised:
        if args.bug is None:
            assert scores_before["ascending"] < 0.6 < 0.75 < scores_after["ascending"]
            assert results["win_rate"] > 0.6
        elif args.bug == "both-fall":
            assert scores_after["neither"] > 0.3, "over-optimised: neither order any more"
        elif args.bug == "swapped":
            assert scores_after["ascending"] < 0.1 < scores_before["ascending"]
        elif args.bug == "truncated":
            assert after == before, "nothing was learnt"
else:
    results |= {f"{name}_after": value for name, value in trainer.evaluate().items()}
    for prompt in words:
        inputs = tokenizer.apply_chat_template(
            prompt, add_generation_prompt=True, return_dict=True, return_tensors="pt"
        ).to(trainer.model.device)
        ids = trainer.model.generate(**inputs, max_new_tokens=128)
        text = tokenizer.decode(ids[0, inputs["input_ids"].shape[1] :], skip_special_tokens=True)
        samples.append({"prompt": str(prompt[-1]["content"])[:200], "after": text})
print(results)

# %% [markdown]
# ## Save, reload, compare
#
# A saved model that answers differently from the one in memory is a bug that shows up weeks
# later. Compare logits, not impressions. With `--lora` only the adapter is saved, and reloading
# needs the base model beside it.

# %%
trainer.save_model(str(output_dir / "final"))
if not args.lora:
    reloaded = AutoModelForCausalLM.from_pretrained(output_dir / "final", dtype=trainer.model.dtype)
    probe = torch.tensor([row["prompt_ids"]])
    trainer.model.eval()
    with torch.no_grad():
        same = torch.allclose(
            reloaded(probe).logits,
            trainer.model(probe.to(trainer.model.device)).logits.cpu(),
            atol=1e-5,
        )
    assert same, "the reloaded model differs"

if args.metrics:
    series = {
        key: [[e["step"], e[key]] for e in log if key in e]
        for key in log[0]
        if key not in ("step", "epoch")
    }
    args.metrics.write_text(
        json.dumps({"seed": args.seed, "series": series, "results": results, "samples": samples})
    )
print("all checks passed")
