package dev.laneway.dialects.anthropic;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a model's id tells of what it takes, as Anthropic's model pages, migration guides and SDK notes have it up to November
 * 2026. A Claude that is newer than this knows is taken for one of the newest; a model of another make, behind an API of the same
 * dialect, for one that takes everything.
 *
 * @param version major times 100 plus minor, such as 405 for 4.5
 */
public record ClaudeModel(Family family, int version) {

    public enum Family {
        OPUS,
        SONNET,
        HAIKU,
        /** Fable, Mythos, and whatever comes next. */
        NEWER,
        OTHER
    }

    /** How a model is told to think. */
    public enum Thinking {
        NONE,
        /** {@code enabled} with a budget. */
        BUDGET,
        /** Both ways. */
        EITHER,
        /** {@code adaptive}, with an effort. */
        ADAPTIVE
    }

    /** How a model is told not to think. */
    public enum Off {
        BY_SILENCE,
        BY_DISABLED,
        BY_BETWEEN_TOOLS,
        /** It always does; a low effort is the least. */
        NEVER
    }

    private static final Pattern NAME_FIRST = Pattern.compile("claude-([a-z]+)-(\\d+)(?:[.-](\\d{1,2}))?(?!\\d)");
    private static final Pattern VERSION_FIRST = Pattern.compile("claude-(\\d+)(?:[.-](\\d{1,2}))?(?:-([a-z]+))?");
    private static final int NEWEST = 9_900;

    public static ClaudeModel of(String id) {
        var lower = id.toLowerCase(Locale.ROOT);
        var named = NAME_FIRST.matcher(lower);
        if (named.find()) {
            return new ClaudeModel(family(named.group(1)), version(named.group(2), named.group(3)));
        }
        var numbered = VERSION_FIRST.matcher(lower);
        if (numbered.find()) {
            var family = numbered.group(3);
            return new ClaudeModel(
                    family == null ? Family.SONNET : family(family), version(numbered.group(1), numbered.group(2)));
        }
        return lower.contains("claude") ? new ClaudeModel(Family.NEWER, NEWEST) : new ClaudeModel(Family.OTHER, 0);
    }

    private static Family family(String name) {
        return switch (name) {
            case "opus" -> Family.OPUS;
            case "sonnet" -> Family.SONNET;
            case "haiku" -> Family.HAIKU;
            case "instant", "v" -> Family.HAIKU;
            default -> Family.NEWER;
        };
    }

    private static int version(String major, String minor) {
        return Integer.parseInt(major.length() > 2 ? "99" : major) * 100
                + (minor == null ? 0 : Integer.parseInt(minor));
    }

    /** The most tokens that it can generate: the limit where a client set none, since Anthropic demands one. */
    public int maxOutput() {
        return switch (family) {
            case OTHER -> 8_192;
            case NEWER -> 128_000;
            case OPUS -> version >= 406 ? 128_000 : version >= 405 ? 64_000 : version >= 400 ? 32_000 : 4_096;
            case SONNET -> version >= 500 ? 128_000 : version >= 307 ? 64_000 : version >= 305 ? 8_192 : 4_096;
            case HAIKU -> version >= 405 ? 64_000 : version >= 305 ? 8_192 : 4_096;
        };
    }

    public Thinking thinking() {
        return switch (family) {
            case OTHER -> Thinking.BUDGET;
            case NEWER -> Thinking.ADAPTIVE;
            case OPUS -> version >= 407 ? Thinking.ADAPTIVE : thinkingBefore();
            case SONNET -> version >= 500 ? Thinking.ADAPTIVE : thinkingBefore();
            case HAIKU -> version >= 505 ? Thinking.ADAPTIVE : version >= 405 ? Thinking.BUDGET : Thinking.NONE;
        };
    }

    private Thinking thinkingBefore() {
        return version >= 406 ? Thinking.EITHER : version >= 307 ? Thinking.BUDGET : Thinking.NONE;
    }

    public Off thinkingOff() {
        return switch (family) {
            case OTHER, OPUS -> version == 505 ? Off.NEVER : Off.BY_SILENCE;
            case NEWER -> Off.NEVER;
            case SONNET -> version >= 505 ? Off.BY_BETWEEN_TOOLS : version >= 500 ? Off.BY_DISABLED : Off.BY_SILENCE;
            case HAIKU -> version >= 505 ? Off.BY_DISABLED : Off.BY_SILENCE;
        };
    }

    /** Whether {@code temperature}, {@code top_p} and {@code top_k} are taken at all. */
    public boolean takesSampling() {
        return thinking() != Thinking.ADAPTIVE;
    }

    /** Whether {@code temperature} and {@code top_p} are taken together. */
    public boolean takesBothSamplings() {
        return family == Family.OTHER || version < 401;
    }

    /** Whether {@code output_config.effort} is taken. */
    public boolean takesEffort() {
        var opus45 = family == Family.OPUS && version >= 405;
        return opus45 || thinking() == Thinking.ADAPTIVE || thinking() == Thinking.EITHER;
    }

    /** Whether the effort may be {@code xhigh}. */
    public boolean takesHighestEfforts() {
        return thinking() == Thinking.ADAPTIVE;
    }

    /** Whether {@code tool_choice} may be {@code any} or {@code tool}. */
    public boolean takesForcedTools() {
        return switch (family) {
            case OTHER, HAIKU -> true;
            case OPUS, SONNET -> version < 505;
            case NEWER -> version <= 500;
        };
    }

    /** Whether a last turn of the assistant is a beginning to go on from; since 4.6 it is refused. */
    public boolean takesPrefill() {
        return switch (family) {
            case OTHER -> true;
            case OPUS, SONNET, HAIKU -> version <= 405;
            case NEWER -> false;
        };
    }

    /** Whether {@code output_config.format} and strict tools are taken. */
    public boolean takesSchemas() {
        return switch (family) {
            case OTHER, NEWER -> true;
            case OPUS -> version >= 401;
            case SONNET, HAIKU -> version >= 405;
        };
    }
}
