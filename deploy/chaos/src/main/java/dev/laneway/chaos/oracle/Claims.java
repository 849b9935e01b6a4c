package dev.laneway.chaos.oracle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What Redis still holds of attempts that nobody finished: hashes {@code lw:claims:*}, an attempt a field, whose value begins with
 * {@code s} from its call on until it is settled or given up. Blocks.
 */
public final class Claims {
    private static final String SENT = "s:";

    private Claims() {}

    /** @param redis {@code redis://user:password@host:port} */
    public static List<Finding> unfinished(String redis) throws IOException {
        List<Finding> findings = new ArrayList<>();
        try (RedisWire wire = RedisWire.connect(redis)) {
            String cursor = "0";
            do {
                List<String> page = wire.ask("SCAN", cursor, "MATCH", "lw:claims:*", "COUNT", "500");
                cursor = page.getFirst();
                for (String key : page.subList(1, page.size())) {
                    List<String> claims = wire.ask("HGETALL", key);
                    for (int at = 0; at + 1 < claims.size(); at += 2) {
                        if (claims.get(at + 1).startsWith(SENT)) {
                            findings.add(new Finding(Promise.CLAIMS, claims.get(at), "is still claimed as sent"));
                        }
                    }
                }
            } while (!cursor.equals("0"));
        }
        return findings;
    }
}
