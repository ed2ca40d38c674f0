"""The same once more: a second click, a retry, a key that was used for something else."""

from __future__ import annotations

from csr_desk.domain.cart import CartLine
from csr_desk.services import sell
from machine.rules_selling import tender
from machine.station import PICK, Station, act


class Repeating(Station):
    """Nothing is ever done twice."""

    @act(3, which=PICK)
    def the_same_again(self, which: int) -> None:
        """Send an act that was done again, just as it was: it gives the first answer and writes nothing."""
        if self.past:
            kept = self.past[-1] if which % 2 else self.one(self.past, which)

            def effect(value: object) -> None:
                assert kept.told(value) == kept.answer, f"{kept.name} again: {kept.told(value)}, before {kept.answer}"

            self.do(f"again {kept.name}", kept.refusal(), kept.send, effect)

    @act(1, pick=PICK)
    def a_used_key(self, pick: int) -> None:
        """Send a sale under the key of an act that was another one."""
        keys = [kept.key for kept in self.past if not kept.name.startswith("hold")]
        if keys:
            user = self.someone(pick, self.sellers())
            command = sell.CompleteSale(
                self.one(keys, pick), None, (CartLine("ALM-RES"),), (tender("check", 5_000),),
                memo=self.key(), demo_inputs=True,
            )  # fmt: skip
            refusal = self.first(self.permitted(user), "conflict")
            self.do(
                f"a used key by {user}", refusal, lambda: sell.complete_sale(self.desk, self.who(user), command), repr
            )
