"""The lab: its words repeat, its tokenizer fits a chat, its rewards and views are as described."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from digest import content_dir

sys.path.insert(0, str(content_dir() / "example-scripts"))

from transformers import AutoTokenizer

import lab

TURNS = [*lab.user("dbeac"), *lab.assistant("abcde")]


@pytest.fixture(scope="module")
def tokenizer():
    return lab.make_tokenizer()


class TestWords:
    def test_a_seed_gives_the_same_words(self) -> None:
        assert lab.make_words(3, seed=99, held_out=True) == ["mtgfh", "mbian", "bgoim"]

    def test_they_have_five_different_letters(self) -> None:
        assert all(len(set(word)) == 5 for word in lab.make_words(50, seed=1))

    def test_held_out_words_are_never_trained_on(self) -> None:
        trained = set(lab.make_words(2_000, seed=0))
        assert trained.isdisjoint(lab.make_words(2_000, seed=0, held_out=True))

    def test_both_orders_are_about_equally_frequent(self) -> None:
        pairs = lab.corpus(1_000, seed=0)
        up = sum(answer == lab.ascending(word) for word, answer in pairs)
        assert 450 < up < 550
        assert all(y in (lab.ascending(w), lab.descending(w)) for w, y in pairs)


class TestTokenizer:
    def test_a_letter_is_a_token(self, tokenizer) -> None:
        assert len(tokenizer) == 24
        assert tokenizer("abt")["input_ids"] == [4, 5, 23]
        assert tokenizer.decode([4, 5, 23]) == "abt"

    def test_padding_is_not_the_end(self, tokenizer) -> None:
        assert tokenizer.pad_token_id != tokenizer.eos_token_id

    def test_it_is_the_same_after_reloading_beside_a_model(self, tokenizer, tmp_path: Path) -> None:
        """The class of a reloaded tokenizer comes from the model's config: it must be this one."""
        tokenizer.save_pretrained(tmp_path)
        lab.make_model(tokenizer).save_pretrained(tmp_path)
        reloaded = AutoTokenizer.from_pretrained(tmp_path)
        assert type(reloaded) is type(tokenizer)
        assert reloaded.get_vocab() == tokenizer.get_vocab()
        assert reloaded.chat_template == tokenizer.chat_template
        assert reloaded.special_tokens_map == tokenizer.special_tokens_map

    def test_a_prompt_is_a_prefix_of_the_prompt_with_its_answer(self, tokenizer) -> None:
        prompt = tokenizer.apply_chat_template(
            TURNS[:1], add_generation_prompt=True, tokenize=False
        )
        whole = tokenizer.apply_chat_template(TURNS, tokenize=False)
        assert prompt == "<|user|>dbeac<|end|><|assistant|>"
        assert whole == prompt + "abcde<|end|>"

    def test_the_generation_mask_covers_the_answer_and_its_end(self, tokenizer) -> None:
        found = tokenizer.apply_chat_template(
            TURNS, return_dict=True, return_assistant_tokens_mask=True
        )
        assert found["assistant_masks"] == [0] * 8 + [1] * 6
        assert found["input_ids"][-1] == tokenizer.eos_token_id


class TestReward:
    @pytest.mark.parametrize(
        ("answer", "reward"),
        [
            ("abcde", 1.0),
            ("abced", 0.6),  # two neighbours swapped: two positions wrong
            ("edcba", 0.2),  # the middle letter stands right in both orders
            ("abc", 0.6),
            ("abcdef", 5 / 6),  # too long costs too
            ("", 0.0),
        ],
    )
    def test_it_counts_positions(self, answer: str, reward: float) -> None:
        assert lab.position_reward("dbeac", answer) == pytest.approx(reward)

    def test_nearly_swaps_two_neighbours(self) -> None:
        assert [lab.nearly("dbeac", i) for i in (0, 3)] == ["bacde", "abced"]

    def test_evaluation_counts_orders(self) -> None:
        found = lab.evaluate(["dbeac"] * 4, ["abcde", "edcba", "abced", "abcde"])
        assert found["ascending"] == 0.5 and found["descending"] == 0.25
        assert found["neither"] == 0.25 and found["reward"] == pytest.approx(
            (1 + 0.2 + 0.6 + 1) / 4
        )

    def test_a_tie_is_half_a_win(self) -> None:
        words = ["dbeac", "dbeac", "dbeac"]
        assert lab.win_rate(words, ["abcde", "edcba", "abcde"], ["edcba", "abcde", "abcde"]) == 0.5


class TestViews:
    @pytest.mark.parametrize(
        ("view", "columns"),
        [
            (lab.language_modeling, ["messages"]),
            (lab.prompt_completion, ["prompt", "completion"]),
            (lab.preference, ["prompt", "chosen", "rejected"]),
            (lab.unpaired_preference, ["prompt", "completion", "label"]),
            (lab.prompt_only, ["prompt", "word"]),
            (lab.stepwise, ["prompt", "completions", "labels"]),
        ],
    )
    def test_columns_are_those_that_trl_names(self, view, columns: list[str]) -> None:
        data = view(8, seed=3)
        assert data.column_names == columns and len(data) == 8
        assert data.to_list() == view(8, seed=3).to_list(), "the same seed, other rows"
        assert data.to_list() != view(8, seed=4).to_list()

    def test_chosen_ascends(self) -> None:
        for row in lab.preference(20):
            word = row["prompt"][0]["content"]
            assert row["chosen"][0]["content"] == lab.ascending(word)
            assert row["rejected"][0]["content"] == lab.descending(word)

    def test_an_exact_share_of_pairs_is_wrong(self) -> None:
        rows = lab.preference(200, flipped=0.1)
        wrong = [r["chosen"][0]["content"] > r["rejected"][0]["content"] for r in rows]
        assert sum(wrong) == 20

    def test_steps_are_letters_with_a_verdict(self) -> None:
        for row in lab.stepwise(20):
            right = [a == b for a, b in zip(row["completions"], sorted(row["prompt"]), strict=True)]
            assert row["labels"] == right


class TestSampling:
    def test_it_repeats_and_leaves_the_random_state_alone(self, tokenizer) -> None:
        import torch

        model = lab.make_model(tokenizer, seed=0).train()
        words = lab.make_words(4, seed=5)
        torch.manual_seed(7)
        expected = torch.rand(1)
        torch.manual_seed(7)
        answers = lab.sample(model, tokenizer, words, seed=1)
        assert torch.equal(torch.rand(1), expected)
        assert answers == lab.sample(model, tokenizer, words, seed=1)
        assert answers != lab.sample(model, tokenizer, words, seed=2)
        assert model.training
