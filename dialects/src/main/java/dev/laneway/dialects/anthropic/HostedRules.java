package dev.laneway.dialects.anthropic;

import dev.laneway.contracts.HostedTool;
import dev.laneway.dialects.AskedTally;

/**
 * What Anthropic does itself, by its kinds of tools ({@code web_search_20250305}): a kind ends with the day of its version. Tools that a
 * client runs, and searches among tools, of which it bills nothing, are passed over.
 *
 * <p>A turn ends by itself after ten rounds of its own tools ({@code pause_turn}): so says Anthropic's {@code claude-api} skill
 * (github.com/anthropics/skills, July 2026); its page "Server tools" of October 2026 says no number any more. {@code max_uses} limits
 * what is paid by the use, not how often the model reads: a use beyond it ends in {@code max_uses_exceeded}, which the model reads too.
 */
final class HostedRules {
    /** Ten rounds, and the answer. */
    private static final long MOST_ROUNDS = 11;
    /** What tools that a client runs add to a prompt (platform.claude.com, "Pricing", specific tools, 2026); for computers 735 and 499. */
    private static final long BASH_TOKENS = 325;

    private static final long EDITOR_TOKENS = 700;
    private static final long COMPUTER_TOKENS = 1_234;
    /** From this version on, code that runs beside searches costs nothing. */
    private static final String FREE_CODE = "20260209";

    private final AskedTally asked;
    private boolean freeCode;

    HostedRules(AskedTally asked) {
        this.asked = asked;
    }

    /** @param most uses; 0 where the request does not say */
    void tool(String type, long most) {
        int version = type.lastIndexOf('_') + 1;
        String kind = version == 0 ? type : type.substring(0, version - 1);
        switch (kind) {
            case "bash" -> asked.added(BASH_TOKENS);
            case "text_editor" -> asked.added(EDITOR_TOKENS);
            case "computer" -> asked.added(COMPUTER_TOKENS);
            case "memory", "tool_search_tool_regex", "tool_search_tool_bm25" -> {}
            case "web_search" -> counted(HostedTool.WEB_SEARCH, type.substring(version), most);
            case "web_fetch" -> counted(HostedTool.CONTENT, type.substring(version), most);
            case "code_execution" -> asked.tool(HostedTool.CODE, 0);
            case "mcp" -> asked.tool(HostedTool.CONTENT, 0);
            default -> asked.tool(HostedTool.OTHER, 0);
        }
    }

    private void counted(HostedTool tool, String version, long most) {
        asked.tool(tool, most);
        freeCode |= version.compareTo(FREE_CODE) >= 0;
    }

    /** All tools are known. */
    void end() {
        if (freeCode && asked.offers(HostedTool.CODE)) {
            asked.withdraw(HostedTool.CODE);
            asked.tool(HostedTool.CONTENT, 0);
        }
        asked.rounds(MOST_ROUNDS);
    }
}
