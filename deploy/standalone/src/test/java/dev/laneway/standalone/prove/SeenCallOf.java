package dev.laneway.standalone.prove;

import dev.laneway.testkit.answers.Usage;
import dev.laneway.testkit.calls.Call;
import dev.laneway.testkit.calls.Finish;
import dev.laneway.testkit.wire.Vendor;
import java.time.Instant;
import java.util.OptionalLong;

/** Calls as the sides log them. */
final class SeenCallOf {
    private SeenCallOf() {}

    static SeenCall inside(String account, String model) {
        return SeenCall.of(Side.INSIDE, call(account, model));
    }

    static SeenCall outside(String account, String model) {
        return SeenCall.of(Side.OUTSIDE, call(account, model));
    }

    private static Call call(String account, String model) {
        return new Call(
                1,
                Instant.EPOCH,
                "req_1:0:0",
                Vendor.OPENAI,
                "/" + account + "/chat/completions",
                model,
                false,
                200,
                "",
                new Usage(1, 0, 0, 1, 0),
                0,
                0,
                Finish.COMPLETE,
                false,
                OptionalLong.empty(),
                OptionalLong.empty(),
                "",
                "");
    }
}
