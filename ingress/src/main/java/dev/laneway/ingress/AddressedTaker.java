package dev.laneway.ingress;

import dev.laneway.dialects.Addressed;
import dev.laneway.dialects.CallerDialect;
import dev.laneway.dialects.Inspected;
import dev.laneway.dialects.Inspection;
import dev.laneway.ingress.auth.Caller;
import dev.laneway.ingress.http.Call;
import dev.laneway.ingress.http.FrontDoor;
import dev.laneway.ingress.http.Rejection;
import org.jspecify.annotations.Nullable;

/** Deals with a call as another taker does, knowing what its address says. */
record AddressedTaker(FrontDoor.Taker taker, Addressed addressed) implements FrontDoor.Taker {
    @Override
    public Inspection inspect(CallerDialect dialect, byte[] body) {
        return dialect.inspect(body, addressed);
    }

    @Override
    public @Nullable Rejection take(Call call, Caller caller, byte[] body, Inspected asked) {
        return taker.take(call, caller, body, asked);
    }
}
