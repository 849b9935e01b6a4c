package dev.laneway.ingress.spend;

import dev.laneway.dialects.ClientError;
import dev.laneway.ingress.keys.Served.Asked;
import dev.laneway.runtime.ledger.LedgerFilter;
import dev.laneway.runtime.ledger.Sight;
import io.vertx.core.MultiMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the parameters of an address ask for. The names are ours and LiteLLM's; times are a day of UTC, an instant of ISO 8601, or seconds
 * since 1970.
 */
final class Asking {
    /** Those by which requests are told apart, at every address. */
    private static final Set<String> FILTERS = Set.of(
            "api_key",
            "key",
            "team",
            "team_id",
            "user",
            "user_id",
            "internal_user_id",
            "route",
            "model",
            "lane",
            "tag",
            "request_tag",
            "day",
            "date",
            "from",
            "start_date",
            "to",
            "end_date");

    /** Parameters that say nothing that can be asked for, or that the caller may not ask for. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;
        private final transient ClientError error;

        Refused(int status, String type, @Nullable String code, String parameter, String message) {
            super(message, null, false, false);
            error = new ClientError(status, type, code, parameter, message, "");
        }

        ClientError error() {
            return error;
        }
    }

    private static final int SHOWN_CHARS = 100;

    private final Asked asked;
    private final Whose whose;

    Asking(Asked asked, Whose whose) {
        this.asked = asked;
        this.whose = whose;
    }

    /**
     * Refuses a call with parameters that would say nothing here: whoever asks for one team's costs by a misspelt name must not be shown those of
     * all.
     *
     * @param more that are known at this address, beside the filters
     */
    void keepsTo(Set<String> more) throws Refused {
        MultiMap said = asked.call().http().params();
        for (String name : said.names()) {
            List<String> values = said.getAll(name).stream().distinct().toList();
            String shown = name.length() <= SHOWN_CHARS ? name : name.substring(0, SHOWN_CHARS) + "...";
            if (!FILTERS.contains(name) && !more.contains(name)) {
                if (values.stream().anyMatch(value -> !value.isEmpty() && !value.equalsIgnoreCase("false"))) {
                    throw new Refused(
                            400,
                            ClientError.INVALID_REQUEST,
                            "unsupported_parameter",
                            shown,
                            shown + " is not kept to here, so it is refused. Known are "
                                    + Stream.concat(FILTERS.stream(), more.stream())
                                            .sorted()
                                            .collect(Collectors.joining(", "))
                                    + ".");
                }
            } else if (values.size() > 1) {
                throw invalid(shown, shown + " says several things: ask for one at a time.");
            }
        }
    }

    LedgerFilter filter() throws Refused {
        Sight sight = Whose.sight(asked.caller());
        String format = any("format");
        if (format != null && !format.equals("csv") && !format.equals("json")) {
            throw invalid("format", "format is json or csv.");
        }
        boolean ofDay = any("day", "date") != null;
        if (ofDay && said("from", "start_date", "to", "end_date") != null) {
            throw invalid("day", "A day says its beginning and its end: leave from and to out, or day.");
        }
        long from = ofDay ? time(false, 0, "day", "date") : time(false, 0, "from", "start_date");
        long to = ofDay ? time(true, Long.MAX_VALUE, "day", "date") : time(true, Long.MAX_VALUE, "to", "end_date");
        if (from > to) {
            throw invalid("to", "The time ends before it begins: from is behind to.");
        }
        return new LedgerFilter(
                sight,
                owner(sight),
                any("team", "team_id"),
                any("user", "user_id", "internal_user_id"),
                any("route"),
                any("model"),
                any("lane"),
                any("tag", "request_tag"),
                from,
                to);
    }

    private @Nullable String owner(Sight sight) throws Refused {
        String named = any("api_key", "key");
        if (named == null) {
            return null;
        }
        String owner = whose.owner(named);
        if (sight instanceof Sight.Own own && !own.owner().equals(owner)) {
            throw forbidden("api_key", "This API key sees what it spent itself, and no other's.");
        }
        if (owner == null) {
            throw invalid(
                    "api_key", "No key is known by this secret. Give it as it is, its SHA-256, or the id of the key.");
        }
        return owner;
    }

    /** At most so many, from 1 on. */
    int limit(int unsaid, int most) throws Refused {
        String limit = any("limit", "page_size");
        if (limit == null) {
            return unsaid;
        }
        if (!limit.matches("[1-9][0-9]{0,8}")) {
            throw invalid("limit", "limit is a whole number from 1 to " + most + ".");
        }
        return Math.min(most, Integer.parseInt(limit));
    }

    /** The first of these parameters that says something. */
    @Nullable
    String any(String... names) throws Refused {
        String said = said(names);
        String value = said == null ? null : asked.query(said);
        for (String name : names) {
            String other = asked.query(name);
            if (said != null && other != null && !other.equals(value)) {
                throw invalid(name, name + " and " + said + " are one parameter, and say different things.");
            }
        }
        if (said != null && value != null && value.chars().anyMatch(Character::isISOControl)) {
            throw invalid(said, said + " has no control characters.");
        }
        return value;
    }

    private @Nullable String said(String... names) {
        return Arrays.stream(names)
                .filter(name -> asked.query(name) != null)
                .findFirst()
                .orElse(null);
    }

    static Refused invalid(String parameter, String message) {
        return new Refused(400, ClientError.INVALID_REQUEST, null, parameter, message);
    }

    static Refused forbidden(String parameter, String message) {
        return new Refused(403, "permission_error", "not_allowed", parameter, message);
    }

    /** @param end whether a day means its end */
    private long time(boolean end, long unsaid, String... names) throws Refused {
        String parameter = said(names);
        String text = any(names);
        return parameter == null || text == null ? unsaid : time(parameter, text, end);
    }

    private static long time(String parameter, String text, boolean end) throws Refused {
        try {
            if (text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
                LocalDate day = LocalDate.parse(text);
                return (end ? day.plusDays(1) : day)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant()
                        .toEpochMilli();
            }
            if (text.matches("[0-9]{1,11}")) {
                return Long.parseLong(text) * 1_000;
            }
            // a plus sign in an address is a space
            return (text.endsWith("Z")
                            ? Instant.parse(text)
                            : OffsetDateTime.parse(text.replace(' ', '+')).toInstant())
                    .toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw invalid(
                    parameter,
                    "A time is a day of UTC (2026-11-30), an instant (2026-11-30T17:00:00Z), or seconds since 1970.");
        }
    }
}
