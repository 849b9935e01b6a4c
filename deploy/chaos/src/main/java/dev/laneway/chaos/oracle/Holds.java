package dev.laneway.chaos.oracle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Money that Redis still holds for attempts that were sent: hashes {@code lw:hold:<epoch>:*}, whose field {@code s} is {@code s} from the call on, {@code d} once
 * it is settled, and which go when accounting has booked their fact. What was held and never sent goes at its deadline. Blocks.
 */
public final class Holds {
    private Holds() {}

    /** @param redis {@code redis://user:password@host:port} */
    public static List<Finding> left(String redis) throws IOException {
        List<Finding> findings = new ArrayList<>();
        try (RedisWire wire = RedisWire.connect(redis)) {
            String epoch = wire.ask("GET", "lw:epoch").getFirst();
            String part = epoch.substring(epoch.lastIndexOf('.') + 1);
            for (String state : List.of("s", "d")) {
                for (String attempt : wire.ask("ZRANGE", "lw:holds:" + part + ":" + state, "0", "-1")) {
                    findings.add(new Finding(Promise.MONEY, attempt, "has money held for it, state " + state));
                }
            }
        }
        return findings;
    }
}
