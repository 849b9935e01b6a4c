package dev.laneway.dialects.failures;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What vendors say of a failure in prose. Codes come first where a vendor has them; these are for the many that put the reason
 * into words only.
 */
public final class VendorWords {
    static final int LONGEST = 1_000;

    /** Prefixes of keys as vendors issue them, JSON web tokens, and anything that follows "Bearer" or "api key". */
    private static final Pattern SECRET = Pattern.compile("(?i)\\b(?:"
            + "(?:sk|pk|rk|ak|gsk|xai|pplx|csk|nvapi|hf|r8|fw|tgp|key|sess|dapi)[-_][\\w*.\\-]{6,}"
            + "|AIza[\\w\\-]{10,}|AKIA[A-Z0-9]{8,}|ya29\\.[\\w\\-.]+|eyJ[\\w\\-]+\\.[\\w\\-.]+"
            + "|(?:bearer|basic)\\s+[\\w\\-.~+/=*]{6,}"
            + "|(?<=api[ _-]key )['\"`]?[\\w*.\\-]{12,}|(?<=api[ _-]key: )['\"`]?[\\w*.\\-]{6,})");

    private static final String[] TOO_LONG = {
        "maximum context length",
        "context_length_exceeded",
        "context length",
        "context window",
        "context limit",
        "context size",
        "prompt is too long",
        "input is too long",
        "prompt too long",
        "maximum prompt length",
        "input token count",
        "`max_new_tokens` must be <=",
        "too many input tokens",
        "too many tokens",
        "input tokens exceed",
        "reduce the length of the messages",
        "exceeds the model's maximum"
    };
    private static final String[] FORBIDDEN = {
        "content_filter",
        "content filter",
        "content_policy",
        "content policy",
        "content management policy",
        "responsibleaipolicyviolation",
        "usage policies",
        "usage policy",
        "safety system",
        "flagged as potentially violating",
        "moderation"
    };
    private static final String[] UNPAID = {
        "credit balance is too low",
        "insufficient_quota",
        "insufficient balance",
        "insufficient credits",
        "billing_hard_limit_reached",
        "billing_not_active",
        "never purchased credits"
    };

    private VendorWords() {}

    /** Whether the prompt did not fit the model. */
    public static boolean tellOfLength(String words) {
        return anyIn(words, TOO_LONG);
    }

    /** Whether the vendor's content policy refused. */
    public static boolean tellOfPolicy(String words) {
        return anyIn(words, FORBIDDEN);
    }

    /** Whether the account can't pay, so that waiting would not help. */
    public static boolean tellOfMoney(String words) {
        return anyIn(words, UNPAID);
    }

    private static boolean anyIn(String words, String[] phrases) {
        var lower = words.toLowerCase(Locale.ROOT);
        for (var phrase : phrases) {
            if (lower.contains(phrase)) {
                return true;
            }
        }
        return false;
    }

    /** The words for a client: without anything that looks like a key, in one line, 1,000 characters at most. */
    public static String scrubbed(String words) {
        var cut = words.length() > 4 * LONGEST ? words.substring(0, 4 * LONGEST) : words;
        var clean = SECRET.matcher(cut)
                .replaceAll("[redacted]")
                .replaceAll("[\\p{Cntrl}\\s]+", " ")
                .strip();
        return clean.length() > LONGEST ? clean.substring(0, LONGEST - 1) + "…" : clean;
    }
}
