package dev.laneway.dialects.anthropic;

import dev.laneway.contracts.HostedTool;
import dev.laneway.dialects.AskedTally;

/**
 * What Anthropic does itself, by its kinds of tools ({@code web_search_20250305}): a kind ends with the day of its version. Tools that a
 * client runs, and searches among tools, of which it bills nothing, are passed over.
 *
 * <p>A turn ends by itself after ten rounds of its own tools ({@code pause_turn}; platform.claude.com, "Server tools").
 */
final class HostedRules {
    private static final long MOST_ROUNDS = 11;
    /** From this version on, code that runs beside searches costs nothing. */
    private static final String FREE_CODE = "20260209";

    private final AskedTally asked;
    private long uses;
    private boolean unlimited;
    private boolean freeCode;

    HostedRules(AskedTally asked) {
        this.asked = asked;
    }

    /** @param most uses; 0 where the request does not say */
    void tool(String type, long most) {
        int version = type.lastIndexOf('_') + 1;
        String kind = version == 0 ? type : type.substring(0, version - 1);
        switch (kind) {
            case "bash", "text_editor", "computer", "memory", "tool_search_tool_regex", "tool_search_tool_bm25" -> {}
            case "web_search" -> counted(HostedTool.WEB_SEARCH, type.substring(version), most);
            case "web_fetch" -> counted(HostedTool.CONTENT, type.substring(version), most);
            case "code_execution" -> {
                asked.tool(HostedTool.CODE, 0);
                unlimited = true;
            }
            case "mcp" -> {
                asked.tool(HostedTool.CONTENT, 0);
                unlimited = true;
            }
            default -> asked.tool(HostedTool.OTHER, 0);
        }
    }

    private void counted(HostedTool tool, String version, long most) {
        asked.tool(tool, most);
        uses += Math.min(most, MOST_ROUNDS);
        unlimited |= most == 0;
        freeCode |= version.compareTo(FREE_CODE) >= 0;
    }

    /** All tools are known. */
    void end() {
        if (freeCode && asked.offers(HostedTool.CODE)) {
            asked.withdraw(HostedTool.CODE);
            asked.tool(HostedTool.CONTENT, 0);
        }
        boolean more = unlimited || (asked.offers(HostedTool.CONTENT) && uses == 0);
        asked.rounds(more ? MOST_ROUNDS : Math.min(MOST_ROUNDS, uses + 1));
    }
}
