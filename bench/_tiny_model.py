"""A language model of random weights behind a real server (llama.cpp): it speaks, no more.

Nothing is downloaded: two layers of 64 numbers each, drawn from a seed, and a tokeniser of single
bytes, written as GGUF. With it streaming, structured output, figures of usage and limits are those
of a real service. Needs `pip install xllamacpp gguf` (100 MB), which ribao itself does not.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np

WIDTH, HIDDEN, LAYERS, HEADS = 64, 128, 2, 4
CONTEXT = 8_192
SPECIAL = ("<|end|>", "<|bos|>", "<|system|>", "<|user|>", "<|assistant|>")
TEMPLATE = (
    "{% for m in messages %}<|{{ m['role'] }}|>{{ m['content'] }}<|end|>{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)


def byte_letters() -> list[str]:
    """The letter that stands for each byte in byte-level tokenisers (the table of GPT-2)."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in plain]
    table = {byte: chr(byte) for byte in plain}
    table |= {byte: chr(256 + number) for number, byte in enumerate(others)}
    return [table[byte] for byte in range(256)]


def write_model(path: Path, seed: int = 0) -> None:
    """Write the model; the same seed gives the same bytes."""
    import gguf  # noqa: PLC0415 - not among our dependencies

    random = np.random.default_rng(seed)
    tokens = [*SPECIAL, *byte_letters()]
    merges = ["t h", "e r"]  # a tokeniser of this kind must have some; the words are tokens, too
    tokens += ["th", "er"]
    out = gguf.GGUFWriter(path, "llama")
    out.add_name("tiny-random")
    out.add_context_length(CONTEXT)
    out.add_embedding_length(WIDTH)
    out.add_block_count(LAYERS)
    out.add_feed_forward_length(HIDDEN)
    out.add_head_count(HEADS)
    out.add_head_count_kv(HEADS)
    out.add_layer_norm_rms_eps(1e-6)
    out.add_rope_dimension_count(WIDTH // HEADS)
    out.add_vocab_size(len(tokens))
    out.add_file_type(0)
    out.add_tokenizer_model("gpt2")
    out.add_tokenizer_pre("gpt-2")
    out.add_token_list(tokens)
    out.add_token_types([3 if token in SPECIAL else 1 for token in tokens])
    out.add_token_merges(merges)
    out.add_eos_token_id(0)
    out.add_bos_token_id(1)
    out.add_chat_template(TEMPLATE)

    def weights(name: str, *shape: int) -> None:
        out.add_tensor(name, random.normal(0, 0.5, shape).astype(np.float32))

    weights("token_embd.weight", len(tokens), WIDTH)
    out.add_tensor("output_norm.weight", np.ones(WIDTH, np.float32))
    weights("output.weight", len(tokens), WIDTH)
    for layer in range(LAYERS):
        block = f"blk.{layer}."
        out.add_tensor(block + "attn_norm.weight", np.ones(WIDTH, np.float32))
        out.add_tensor(block + "ffn_norm.weight", np.ones(WIDTH, np.float32))
        for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
            weights(f"{block}{name}.weight", WIDTH, WIDTH)
        weights(block + "ffn_gate.weight", HIDDEN, WIDTH)
        weights(block + "ffn_up.weight", HIDDEN, WIDTH)
        weights(block + "ffn_down.weight", WIDTH, HIDDEN)
    out.write_header_to_file()
    out.write_kv_data_to_file()
    out.write_tensors_to_file()
    out.close()


def serve(path: Path, port: int) -> None:
    """Answer on a port of loopback until somebody ends the process."""
    import xllamacpp  # noqa: PLC0415 - not among our dependencies

    settings = xllamacpp.CommonParams()
    settings.model.path = str(path)
    settings.n_ctx = CONTEXT
    settings.n_parallel = 1
    settings.port = port
    settings.cpuparams.n_threads = 1
    settings.use_jinja = True
    server = xllamacpp.Server(settings)
    print("ready", server.listening_address, flush=True)
    time.sleep(3_600)


if __name__ == "__main__":
    file = Path(sys.argv[1])
    if not file.is_file():
        write_model(file)
    serve(file, int(sys.argv[2]))
