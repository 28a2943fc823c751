"""The contract of reward functions in `GRPOTrainer`, each clause by a function that uses it."""

from __future__ import annotations

import asyncio
import functools
import logging
from pathlib import Path

import pytest
import torch
from datasets import Dataset
from transformers import AutoModelForSequenceClassification

from tiny_grpo import TEXTS, build_trainer, given, inputs, last_metrics, rolled_out, rows

pytestmark = pytest.mark.verifies(
    "grpo/behaviour",
    kind="facts",
    title="What the pages say of GRPOTrainer beside its loss",
    trainers=["grpo"],
    entry=None,
    inputs=["tests/python/tiny_model.py", "tests/python/tiny_grpo.py"],
)


def seen_by(policy: Path, **values) -> dict:
    """The keywords that a reward function is called with."""
    caught: dict = {}

    def catch(**keywords):
        caught.update(keywords)
        return [0.0] * len(keywords["completions"])

    rolled_out(build_trainer(policy, catch, **values), values.get("conversational", False))
    return caught


class TestArguments:
    def test_keywords(self, policy: Path) -> None:
        assert seen_by(policy).keys() == {
            *("prompts", "completions", "completion_ids"),  # always
            "number",  # the column of the data
            *("trainer_state", "log_extra", "log_metric"),
        }

    def test_one_entry_an_answer(self, policy: Path) -> None:
        caught = seen_by(policy)
        for name in ("prompts", "completions", "completion_ids", "number"):
            assert len(caught[name]) == len(TEXTS)
        assert caught["number"] == [0] * 4 + [1] * 4 + [2] * 4

    def test_plain_prompts_give_plain_completions(self, policy: Path) -> None:
        caught = seen_by(policy)
        assert caught["completions"][0] == " it is blue"  # special tokens are left out
        assert caught["completion_ids"][0][-1] == 1  # the ids keep the end token

    def test_conversations_give_messages(self, policy: Path) -> None:
        caught = seen_by(policy, conversational=True)
        assert caught["completions"][0] == [{"role": "assistant", "content": " it is blue"}]
        assert caught["prompts"][0][0]["role"] == "user"

    def test_positional_names_are_not_enough(self, policy: Path) -> None:
        trainer = build_trainer(policy, lambda prompts, completions: [0.0] * len(completions))
        with pytest.raises(TypeError, match="completion_ids"):
            rolled_out(trainer)

    def test_a_column_named_as_an_argument_fails(self, policy: Path) -> None:
        data = Dataset.from_list([{**row, "completions": "x"} for row in rows()])
        trainer = build_trainer(policy, data=data)
        with pytest.raises(TypeError, match="multiple values"):
            trainer._generate_and_score_completions([{**r, "completions": "x"} for r in inputs()])

    def test_columns_named_completion_are_withheld(self, policy: Path) -> None:
        caught: dict = {}

        def catch(**keywords):
            caught.update(keywords)
            return [0.0] * len(keywords["completions"])

        build_trainer(policy, catch)._generate_and_score_completions(
            [{**row, "completion": "x", "answer": "y"} for row in inputs()]
        )
        assert "completion" not in caught and caught["answer"] == ["y"] * len(TEXTS)


class TestValues:
    def test_a_wrong_count_raises(self, policy: Path) -> None:
        with pytest.raises(ValueError, match="returned 1 rewards, but 12"):
            rolled_out(build_trainer(policy, lambda **_: [1.0]))

    @pytest.mark.parametrize("kind", [bool, int, torch.tensor])
    def test_what_turns_into_a_float_will_do(self, policy: Path, kind) -> None:
        trainer = build_trainer(policy, lambda **k: [kind(r == 1.0) for r in given(**k)])
        rolled_out(trainer)
        assert last_metrics(trainer)["reward"] == pytest.approx(7 / 12)

    def test_none_counts_as_nothing_in_the_sum(self, policy: Path) -> None:
        """An answer that one function skips has a smaller sum than its like, not the same mean."""
        skips = lambda number, **_: [None if i % 2 else 1.0 for i in range(len(number))]  # noqa: E731
        always = lambda number, **_: [1.0] * len(number)  # noqa: E731
        advantages = rolled_out(build_trainer(policy, [skips, always]))["advantages"]
        assert (advantages[::2] > 0.8).all() and (advantages[1::2] < -0.8).all()

    def test_skipped_by_all_means_no_advantage_and_no_place_in_the_mean(
        self, policy, caplog
    ) -> None:
        skip_first = lambda number, **_: [None, 1.0, 0.0, 0.0] * 3  # noqa: E731
        with caplog.at_level(logging.WARNING, logger="trl"):
            advantages = rolled_out(build_trainer(policy, skip_first))["advantages"]
        assert "All reward functions returned None" in caplog.text
        spread = torch.tensor([1.0, 0.0, 0.0]).std() + 1e-4
        expected = torch.tensor([0.0, 2 / 3, -1 / 3, -1 / 3]) / torch.tensor([1.0, *[spread] * 3])
        torch.testing.assert_close(advantages[:4], expected)

    def test_weights_multiply(self, policy: Path) -> None:
        half = lambda number, **_: [0.5] * len(number)  # noqa: E731
        trainer = build_trainer(policy, [given, half], reward_weights=[2.0, -1.0])
        rolled_out(trainer)
        mean = last_metrics(trainer)["rewards/given/mean"]
        assert last_metrics(trainer)["reward"] == pytest.approx(2 * mean - 0.5)


class TestKinds:
    def test_async_functions_run_side_by_side(self, policy: Path) -> None:
        running, most = 0, 0

        async def slow(completions, **_):
            nonlocal running, most
            running += 1
            most = max(most, running)
            await asyncio.sleep(0.02)
            running -= 1
            return [float(i) for i in range(len(completions))]

        async def other(completions, **keywords):
            return await slow(completions, **keywords)

        trainer = build_trainer(policy, [slow, other])
        rolled_out(trainer)
        assert most == 2
        assert last_metrics(trainer)["rewards/slow/mean"] == pytest.approx(5.5)

    def test_a_model_scores_prompt_and_answer(self, policy: Path, tmp_path: Path) -> None:
        """By instance or by path; a path gives its last part to the metric's name."""
        model = AutoModelForSequenceClassification.from_pretrained(
            policy, num_labels=1, dtype=torch.float32
        )
        folder = tmp_path / "judge"
        model.save_pretrained(folder)
        by_path = build_trainer(policy, str(folder))
        by_path.processing_class.save_pretrained(folder)
        rewards = []
        for judge in (model, str(folder)):
            trainer = build_trainer(policy, judge)
            rolled_out(trainer)
            rewards.append(last_metrics(trainer)["reward"])
        assert rewards[0] == pytest.approx(rewards[1], rel=1e-5)
        assert "rewards/judge/mean" in last_metrics(trainer)

    def test_objects_and_partials_are_named_after_what_they_wrap(self, policy: Path) -> None:
        class Judge:
            def __call__(self, completions, **_):
                return [0.0] * len(completions)

        trainer = build_trainer(policy, [Judge(), functools.partial(given)])
        assert trainer.reward_func_names == ["Judge", "given"]

    def test_two_functions_of_one_name_share_a_metric(self, policy: Path) -> None:
        one = lambda completions, **_: [1.0] * len(completions)  # noqa: E731
        zero = lambda completions, **_: [0.0] * len(completions)  # noqa: E731
        trainer = build_trainer(policy, [one, zero])
        rolled_out(trainer)
        assert trainer._metrics["train"]["rewards/<lambda>/mean"] == [1.0, 0.0]

    def test_a_function_may_log(self, policy: Path) -> None:
        def tells(completions, log_metric, log_extra, trainer_state, **_):
            log_metric("my/step", float(trainer_state.global_step))
            log_extra("first letter", [y[:1] for y in completions])
            return [0.0] * len(completions)

        trainer = build_trainer(policy, tells)
        rolled_out(trainer)
        assert last_metrics(trainer)["my/step"] == 0
        assert len(trainer._logs["extra"]["first letter"]) == len(TEXTS)
