package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Budget;
import dev.laneway.contracts.BudgetPeriod;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.RateLimits;
import dev.laneway.contracts.Terms;
import dev.laneway.contracts.WhenAway;
import dev.laneway.runtime.config.Network;
import dev.laneway.runtime.config.terms.TermsJson;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Terms in our own fields, all of them, spelled as in the config file. */
final class TermsFields {
    private static final int MOST_BUDGETS = 16;

    private static final String TERMS = "terms";
    private static final Set<String> NAMES = Set.of(
            "models",
            "lanes",
            "tools",
            "denied_tools",
            "networks",
            "rpm_limit",
            "tpm_limit",
            "rph_limit",
            "tph_limit",
            "max_parallel_requests",
            "max_tokens_per_request",
            "budgets",
            "max_cost_per_request",
            "when_away");

    private TermsFields() {}

    /** Tells whoever writes a term beside them where it belongs. */
    static void belongInside(Fields fields) {
        fields.belong(NAMES, TERMS);
    }

    /** Those that an object has, where it says any; else those of before. */
    static Terms within(Fields fields, Terms was) {
        belongInside(fields);
        if (!fields.has(TERMS)) {
            return was;
        }
        Fields described = fields.object(TERMS);
        return described == null ? Terms.NONE : read(described);
    }

    /** The whole terms: what is not said is not limited. An empty list of anything but tools says nothing, as in the config file. */
    static Terms read(Fields fields) {
        return new Terms(
                named(fields, "models"),
                named(fields, "lanes"),
                fields.texts("tools"),
                Objects.requireNonNullElse(fields.texts("denied_tools"), List.of()),
                networks(fields),
                limits(fields),
                budgets(fields),
                fields.money("max_cost_per_request"),
                fields.parsed("when_away", TermsFields::whenAway));
    }

    static ObjectNode write(Terms terms) {
        ObjectNode object = Json.object();
        TermsJson.put(terms, object);
        return object;
    }

    private static WhenAway whenAway(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "open" -> WhenAway.OPEN;
            case "closed" -> WhenAway.CLOSED;
            default -> throw new IllegalArgumentException("open or closed");
        };
    }

    private static @Nullable List<String> named(Fields fields, String name) {
        List<String> names = fields.texts(name);
        return names == null || names.isEmpty() ? null : names;
    }

    private static @Nullable List<String> networks(Fields fields) {
        List<String> networks = named(fields, "networks");
        if (networks != null && networks.stream().anyMatch(network -> Network.of(network) == null)) {
            fields.fail("networks", "are addresses and blocks such as 10.0.0.0/8");
            return null;
        }
        return networks;
    }

    private static RateLimits limits(Fields fields) {
        long parallel = fields.limit("max_parallel_requests");
        if (parallel > Integer.MAX_VALUE) {
            fields.fail("max_parallel_requests", "is too large");
        }
        return new RateLimits(
                fields.limit("rpm_limit"),
                fields.limit("tpm_limit"),
                fields.limit("rph_limit"),
                fields.limit("tph_limit"),
                (int) Math.min(parallel, Integer.MAX_VALUE),
                fields.limit("max_tokens_per_request"));
    }

    private static List<Budget> budgets(Fields fields) {
        List<Budget> budgets = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Fields described : Objects.requireNonNullElse(fields.objects("budgets"), List.<Fields>of())) {
            Budget budget = budget(described);
            if (budget != null) {
                budgets.add(budget);
                if (!names.add(budget.name())) {
                    described.fail("name", "is another budget's too: give each a name of its own");
                }
            }
        }
        if (budgets.size() > MOST_BUDGETS) {
            fields.fail("budgets", "are at most " + MOST_BUDGETS);
        }
        return budgets;
    }

    private static @Nullable Budget budget(Fields fields) {
        String name = Objects.requireNonNullElse(fields.text("name"), Budget.UNNAMED);
        if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
            fields.fail("name", "is made of letters, digits, - and _, at most 64");
            return null;
        }
        Money limit = fields.money("limit");
        if (limit == null) {
            fields.fail("limit", "is missing: an amount of dollars");
            return null;
        }
        BudgetPeriod period = Objects.requireNonNullElse(fields.parsed("period", BudgetPeriod::of), BudgetPeriod.TOTAL);
        ZoneId zone = fields.parsed("time_zone", ZoneId::of);
        List<Integer> thresholds = new ArrayList<>();
        for (BigDecimal percent : fields.numbers("thresholds")) {
            if (percent.stripTrailingZeros().scale() > 0
                    || percent.compareTo(BigDecimal.ONE) < 0
                    || percent.compareTo(BigDecimal.valueOf(100)) > 0) {
                fields.fail("thresholds", "are whole percents from 1 to 100");
                return null;
            }
            thresholds.add(percent.intValueExact());
        }
        return new Budget(name, limit, period, zone == null ? null : zone.getId(), thresholds);
    }
}
