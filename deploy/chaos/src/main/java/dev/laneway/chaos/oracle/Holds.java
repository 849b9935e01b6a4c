package dev.laneway.chaos.oracle;

import dev.laneway.runtime.money.HoldScript;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Money that Redis still holds for attempts that were sent: in the order {@code lw:holds:<epoch>:} they stand behind those that are held for a call
 * to come, and they go when accounting has booked their fact. What was held and never sent goes at its deadline. Blocks.
 */
public final class Holds {
    private Holds() {}

    /** @param redis {@code redis://user:password@host:port} */
    public static List<Finding> left(String redis) throws IOException {
        List<Finding> findings = new ArrayList<>();
        try (RedisWire wire = RedisWire.connect(redis)) {
            String epoch = wire.ask("GET", "lw:epoch").getFirst();
            String part = epoch.substring(epoch.lastIndexOf('.') + 1);
            String from = String.valueOf(HoldScript.SENT);
            for (String attempt : wire.ask("ZRANGEBYSCORE", "lw:holds:" + part + ":", from, "+inf")) {
                String hold = String.join("", wire.ask("HGET", "lw:hold:" + part + ":", attempt));
                findings.add(new Finding(
                        Promise.MONEY,
                        attempt,
                        "has money held for it, state " + hold.substring(0, Math.min(1, hold.length()))));
            }
        }
        return findings;
    }
}
