package dev.laneway.dialects.openai;

import java.util.regex.Pattern;

/** What the name of one of OpenAI's models tells of it. */
public final class Models {
    /** The o-series and gpt-5 and later, except the chat variants, reason; they refuse a temperature and know efforts. */
    private static final Pattern REASONING = Pattern.compile("(?:.*/)?(?:o[1-9]|gpt-[5-9]|gpt-[1-9]\\d)(?!.*-chat).*");

    /** From gpt-5.6 on. */
    private static final Pattern BREAKPOINTS =
            Pattern.compile("(?:.*/)?gpt-(?:5\\.[6-9]|5\\.[1-9]\\d|[6-9]|[1-9]\\d)(?!\\d).*");

    private Models() {}

    /** Whether it takes {@code prompt_cache_breakpoint}. */
    static boolean takeBreakpoints(String model) {
        return BREAKPOINTS.matcher(model).matches();
    }

    public static boolean reason(String model) {
        return REASONING.matcher(model).matches();
    }
}
