"""What PPO's pages say of the recorded runs, beyond what the scripts assert themselves."""

from __future__ import annotations

import pytest

from recorded import Recorded

ppo, pipeline = Recorded("ppo_training"), Recorded("rlhf_pipeline")
OVER, FAST, STOP, ONE = (
    f".bug-{name}" for name in ("over-optimisation", "too-fast", "no-stop", "one-object")
)


def last_ten(name: str, variant: str = "") -> float:
    return sum(ppo.series(name, variant)[-10:]) / 10


class TestTheRunOfThePage:
    def test_scores_end_near_those_of_a_perfect_answer(self) -> None:
        assert ppo.results()["score_of_ascending"] == pytest.approx(0.72, abs=0.01)
        assert ppo.results()["score_after"] == pytest.approx(0.69, abs=0.02)
        assert ppo.series("objective/scores")[0] == pytest.approx(-1.06, abs=0.01)
        assert last_ten("objective/scores") == pytest.approx(0.68, abs=0.01)
        assert last_ten("objective/kl") == pytest.approx(0.85, abs=0.01)
        assert last_ten("objective/rlhf_reward") == pytest.approx(0.26, abs=0.01)

    def test_it_loses_less_than_one_answer_in_fifty(self) -> None:
        before, after = ppo.results()["neither_before"], ppo.results()["neither_after"]
        assert after - before < 0.02

    def test_the_first_batch_is_the_fingerprint(self) -> None:
        assert ppo.series("objective/kl")[0] == pytest.approx(0, abs=1e-4)
        assert ppo.series("objective/non_score_reward")[0] == pytest.approx(0, abs=1e-4)
        assert ppo.series("val/ratio")[0] == pytest.approx(1, abs=0.05)

    def test_the_healthy_ranges_of_the_table(self) -> None:
        assert max(ppo.series("policy/clipfrac_avg")) < 0.1
        assert max(ppo.series("policy/approxkl_avg")) < 0.07
        assert max(abs(r - 1) for r in ppo.series("val/ratio")) < 0.05
        assert max(ppo.series("val/ratio_var")) < 0.01
        assert max(abs(x) for x in ppo.series("loss/policy_avg")) < 0.03
        assert 0.5 < last_ten("objective/kl") < 1.5
        assert last_ten("objective/entropy") < ppo.series("objective/entropy")[0]
        assert last_ten("loss/value_avg") < 0.25 * ppo.series("loss/value_avg")[0]
        assert min(ppo.series("val/num_eos_tokens")) >= 63
        assert ppo.series("val/clipfrac_avg")[0] > 0.3 > 0.01 > last_ten("val/clipfrac_avg")

    def test_the_long_climb_is_over_after_twenty_batches(self) -> None:
        shares = dict(ppo.record()["series"]["ascending_share"])
        assert shares[20] > 0.85


class TestFailures:
    def test_without_a_price_the_score_rises_while_the_truth_falls(self) -> None:
        shares = dict(ppo.record(OVER)["series"]["ascending_share"])
        assert shares[5] > shares[0] and shares[20] < 0.1
        scores = ppo.series("reward_model_score", OVER)
        assert scores[-1] == max(scores) > 1.5
        assert last_ten("objective/kl", OVER) > 15
        assert last_ten("loss/value_avg", OVER) < last_ten("loss/value_avg")

    def test_a_tenth_of_the_price_is_nearly_as_bad(self) -> None:
        assert ppo.results(".cheap")["ascending_after"] < 0.5
        assert ppo.results(".cheap")["score_after"] > 1.2

    def test_too_fast_ends_in_the_empty_answer(self) -> None:
        assert all(sample["after"] == "" for sample in ppo.record(FAST)["samples"])
        assert ppo.results(FAST)["score_after"] == pytest.approx(1.39, abs=0.01)
        assert last_ten("objective/scores", FAST) == pytest.approx(1.37, abs=0.01)
        assert last_ten("objective/kl", FAST) == pytest.approx(7.84, abs=0.02)
        assert last_ten("objective/rlhf_reward", FAST) == pytest.approx(-2.55, abs=0.02)
        assert last_ten("objective/entropy", FAST) < 0.1

    def test_no_stop_changes_what_the_model_says_before_the_first_step(self) -> None:
        assert ppo.series("ascending_share", STOP)[0] < 0.35 < 0.45
        assert ppo.series("ascending_share")[0] > 0.45

    def test_one_object_drifts_away_from_a_frozen_copy(self) -> None:
        gap = ppo.results(ONE)["score_after"] - last_ten("objective/scores", ONE)
        assert gap == pytest.approx(0.7, abs=0.1)
        assert abs(ppo.results()["score_after"] - last_ten("objective/scores")) < 0.15

    def test_a_fresh_value_model_costs_little_here(self) -> None:
        fresh = ppo.results(".fresh-value")["ascending_after"]
        assert fresh == pytest.approx(ppo.results()["ascending_after"], abs=0.03)


class TestThePipeline:
    def test_both_routes_end_near_each_other_at_the_same_price(self) -> None:
        found = pipeline.results()
        assert found["ppo_kl"] == pytest.approx(found["dpo_kl"], abs=0.4)
        assert found["ppo_ascending"] > found["dpo_ascending"] > 0.8
        assert found["ppo_neither"] < found["dpo_neither"] < 0.12
        assert found["ppo_written"] == 2560 and found["dpo_written"] == 0

    def test_the_judges_error_rate_predicts_the_shares(self) -> None:
        """Odds times 81: 93 % ascending, 1 % descending."""
        assert pipeline.results()["ppo_ascending"] == pytest.approx(0.93, abs=0.03)
        assert pipeline.results()["ppo_descending"] < 0.03

    def test_when_distance_is_cheap_the_best_score_has_the_worst_samples(self) -> None:
        found = pipeline.results(".bug-cheap")
        assert found["ppo_score"] > 1.2 > found["score_of_ascending"]
        assert found["ppo_ascending"] < 0.5 < found["dpo_ascending"]
        assert found["dpo_score"] < found["score_of_ascending"]

    def test_without_fine_tuning_nothing_right_is_said_though_the_score_rises(self) -> None:
        found = pipeline.results(".bug-skip-sft")
        assert found["ppo_ascending"] == found["dpo_ascending"] == 0
        assert found["ppo_score"] > found["sft_score"] + 0.2
