package dev.laneway.runtime.config.file;

import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks for what seems to be a secret anywhere in a file's text: under keys that nobody reads, in comments, in addresses. Errs on the
 * side of a secret, for it decides what may be written to another place on the disk.
 */
public final class LiteralSecrets {
    /**
     * A key or variable by whose name a secret is expected, and the first word of its value: one word at the beginning of a line or in a
     * flow mapping, two ({@code api_key}) anywhere.
     */
    private static final Pattern NAMED =
            Pattern.compile("(?im)(?:(?:^[ \\t#-]*+|[{,]\\s*+)[\"']?[\\w.-]*|(?<![\\w.-])[\\w.-]*[_-])"
                    + "(?:key|secret|password|passwd|passphrase|token|credential|authorization|(?<![a-z])(?:pass|pwd|auth))s?[\"']?"
                    + "\\s*+[:=](?=\\s*+(?<value>(?:\\$\\{[^}\\s]{0,200}}|[^\\s,}]){1,200}+))");

    /** Vendors' keys, private keys, and addresses with a password, whatever stands before them. */
    private static final Pattern SHAPED = Pattern.compile(
            "\\b(?:sk-[\\w-]{8}|(?:csk-|gsk_|xai-|hf_|pplx-|AIza|AKIA)[\\w-]{16})"
                    + "|-----BEGIN [A-Z ]{0,40}PRIVATE KEY|(?i:\\bbearer\\s+[\\w.-]{8})|://[^/\\s:@]{0,200}:(?!\\$\\{)[^/\\s@]{1,200}@");

    /** What examples in comments have in place of a secret: {@code sk-...}, {@code <key>}, {@code $KEY}. */
    private static final Pattern STANDS_FOR_ONE = Pattern.compile(".*\\.\\.\\..*|<.*|\\$\\w+");

    private static final Pattern NUMBER = Pattern.compile("[+-]?[\\d._]+(?:e[+-]?\\d+)?", Pattern.CASE_INSENSITIVE);
    private static final Set<String> WORDS = Set.of("", "null", "~", "true", "false", "yes", "no");

    private LiteralSecrets() {}

    /** The line, from 1, of the first thing that looks like a secret; empty where nothing does. */
    public static OptionalInt firstLine(String text) {
        Matcher named = NAMED.matcher(text);
        while (named.find()) {
            if (secret(named.group("value"))) {
                return line(text, named.start("value"));
            }
        }
        Matcher shaped = SHAPED.matcher(text);
        return shaped.find() ? line(text, shaped.start()) : OptionalInt.empty();
    }

    private static boolean secret(String written) {
        String value = written.replaceAll("^[\"']|[\"']$", "");
        boolean block = value.startsWith("{") || value.endsWith(":");
        boolean reference = References.wholeReference(value) != null || value.startsWith(SecretReader.OS_FILE);
        return !block
                && !reference
                && !WORDS.contains(value)
                && !SecretReader.placeholder(value)
                && !STANDS_FOR_ONE.matcher(value).matches()
                && !NUMBER.matcher(value).matches();
    }

    private static OptionalInt line(String text, int at) {
        return OptionalInt.of(
                1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count());
    }
}
