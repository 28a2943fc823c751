"""What SFT's pages say of its recorded runs, and of the warm model, beyond the script's asserts."""

from __future__ import annotations

import math
import sys
from pathlib import Path

import pytest

from digest import content_dir
from recorded import Recorded

sys.path.insert(0, str(content_dir() / "example-scripts"))
import lab

sft = Recorded("sft_training")
FLOOR = math.log(2) / 6


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a warm model."""
    return lab.warm_up(tmp_path_factory.mktemp("warm"))


def train(model, rows, **options) -> list[str]:
    """Answers to held-out words after some steps on these rows."""
    from transformers import PrinterCallback
    from trl import SFTConfig, SFTTrainer

    folder = options.pop("folder")
    arguments = lab.tiny_arguments(folder, per_device_train_batch_size=64, seed=0, **options)
    trainer = SFTTrainer(
        model=model,
        args=SFTConfig(**arguments),
        train_dataset=rows,
        processing_class=lab.make_tokenizer(),
    )
    trainer.remove_callback(PrinterCallback)
    trainer.train()
    train.log = [entry for entry in trainer.state.log_history if "loss" in entry]
    return lab.sample(trainer.model, lab.make_tokenizer(), WORDS)


WORDS = lab.make_words(500, seed=99, held_out=True)


def test_the_script_ends_with_the_warm_model(warm: Path) -> None:
    from transformers import AutoModelForCausalLM

    model = AutoModelForCausalLM.from_pretrained(warm)
    shares = lab.evaluate(WORDS, lab.sample(model, lab.make_tokenizer(), WORDS))
    for name in ("ascending", "descending", "neither"):
        assert sft.results()[f"{name}_after"] == pytest.approx(shares[name], abs=0.02)


def test_imitation_copies_the_errors_of_a_judge(warm: Path, tmp_path: Path) -> None:
    """Chosen answers of a judge who errs in one of ten: nine of ten ascend after training."""
    chosen = lab.preference(4_000, seed=10, flipped=0.1).select_columns(["prompt", "chosen"])
    options = {"max_steps": 120, "learning_rate": 1e-3, "folder": tmp_path}
    said = train(str(warm), chosen.rename_column("chosen", "completion"), **options)
    shares = lab.evaluate(WORDS, said)
    assert shares["ascending"] / (shares["ascending"] + shares["descending"]) == pytest.approx(
        0.9, abs=0.06
    )


def test_dft_from_random_weights_ends_with_no_loss_and_no_right_answer(tmp_path: Path) -> None:
    options = {"max_steps": 200, "learning_rate": 3e-3, "loss_type": "dft", "folder": tmp_path}
    said = train(lab.make_model(lab.make_tokenizer()), lab.prompt_completion(8_000), **options)
    assert train.log[0]["loss"] == pytest.approx(math.log(24) / 24, abs=0.01)
    assert train.log[-1]["loss"] < 0.01
    assert lab.evaluate(WORDS, said)["neither"] == 1


class TestRecorded:
    def test_loss_and_entropy_of_the_plain_run(self) -> None:
        """What the table of metrics says: first and last."""
        loss, entropy = sft.series("loss"), sft.series("entropy")
        assert (loss[0], entropy[0]) == pytest.approx((3.20, 3.16), abs=0.01)
        last = sum(loss[-4:]) / 4, sum(entropy[-4:]) / 4
        assert last == pytest.approx((0.12, 0.17), abs=0.01)
        assert entropy[-1] > loss[-1] > FLOOR * 0.9

    def test_halved_by_step_40_without_a_right_sample(self) -> None:
        loss = dict(map(tuple, sft.record()["series"]["loss"]))
        assert min(value for step, value in loss.items() if step < 45) < 3.2 / 2
        shares = dict(map(tuple, sft.record()["series"]["ascending_share"]))
        assert shares[40] == 0

    def test_accuracy_ends_at_its_best(self) -> None:
        assert sft.series("mean_token_accuracy")[-1] == pytest.approx(5.5 / 6, abs=0.03)

    def test_no_eos_is_a_little_worse_in_every_metric(self) -> None:
        bug = ".bug-no-eos"
        for name, sign in (("loss", 1), ("entropy", 1), ("mean_token_accuracy", -1)):
            good, bad = (sum(sft.series(name, v)[-10:]) / 10 for v in ("", bug))
            assert 0 < sign * (bad - good) < 0.06

    def test_a_wrong_template_leaves_no_trace_in_the_log(self) -> None:
        assert sft.series("loss", ".bug-wrong-template") == sft.series("loss")

    def test_wrapped_ends_four_times_too_high_with_half_of_the_answers_wrong(self) -> None:
        good, bad = (sum(sft.series("loss", v)[-5:]) / 5 for v in ("", ".bug-wrapped"))
        assert bad / good == pytest.approx(4, abs=0.7)
        assert sft.results(".bug-wrapped")["neither_after"] == pytest.approx(0.5, abs=0.1)

    def test_loss_on_prompt_gets_four_fifths_right(self) -> None:
        assert sft.results(".bug-loss-on-prompt")["neither_after"] == pytest.approx(0.2, abs=0.05)

    def test_chosen_gives_what_it_was_shown_and_forgets_nothing(self) -> None:
        found = sft.results(".chosen")
        assert found["ascending_after"] > 0.9
        assert found["neither_after"] <= found["neither_before"]

    def test_dft_settles_on_one_order_for_each_word(self) -> None:
        found = sft.results(".dft")
        assert found["same_twice"] > 0.9 > sft.results()["same_twice"] * 1.5
        assert min(found["ascending_after"], found["descending_after"]) > 0.1
        assert sft.series("entropy", ".dft")[-1] < 0.04
