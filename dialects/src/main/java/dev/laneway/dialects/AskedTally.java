package dev.laneway.dialects;

import dev.laneway.contracts.AskedExtras;
import dev.laneway.contracts.HostedTool;
import dev.laneway.contracts.ServiceTier;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what of a request may be billed beside the tokens of its text, while its body is read. One request, one thread. */
public final class AskedTally {
    /** A limit beyond that limits nothing. */
    private static final long MOST = 10_000;

    private final Map<HostedTool, Long> tools = new EnumMap<>(HostedTool.class);
    private long images;
    private long documents;
    private long recordings;
    private long added;
    private long rounds = 1;
    private @Nullable ServiceTier tier;

    public void image() {
        images++;
    }

    public void document() {
        documents++;
    }

    public void recording() {
        recordings++;
    }

    /** A moving picture, of which its vendor makes tokens of sound too, so that it counts as either. */
    public void video() {
        documents++;
        recordings++;
    }

    /** The vendor puts so many tokens into the prompt that are not in the body. */
    public void added(long tokens) {
        added += tokens;
    }

    /** Tokens that the estimate of the prompt has for what was met: as of text, a quarter of what it can be at most. */
    public long estimatedTokens() {
        return (images + documents + recordings) * AskedExtras.ESTIMATED_TOKENS + Math.ceilDiv(added, 4);
    }

    /**
     * One of the vendor's own tools is offered.
     *
     * @param most uses of it; 0 or a number that is none: as often as the vendor likes
     */
    public void tool(HostedTool tool, long most) {
        long limit = limit(most);
        tools.merge(tool, limit, (one, other) -> one == 0 || other == 0 ? 0 : one + other);
    }

    /** Whether it is offered. */
    public boolean offers(HostedTool tool) {
        return tools.containsKey(tool);
    }

    /** Whether any of the vendor's own tools is offered. */
    public boolean offersAny() {
        return !tools.isEmpty();
    }

    /** It is no such tool after all. */
    public void withdraw(HostedTool tool) {
        tools.remove(tool);
    }

    /** How often each tool that has no limit of its own may be used, and all of them together: of a limit for the whole request. */
    public void limitAll(long most) {
        long limit = limit(most);
        tools.replaceAll((tool, own) -> own == 0 ? limit : Long.valueOf(Math.min(own, limit == 0 ? own : limit)));
    }

    /** The model reads the prompt so often at most; 0: nobody knows. */
    public void rounds(long most) {
        rounds = limit(most);
    }

    /** @param word the vendor's own; null or one that is not known says nothing */
    public void tier(@Nullable String word) {
        tier(ServiceTier.of(word));
    }

    public void tier(@Nullable ServiceTier asked) {
        tier = asked;
    }

    private static long limit(long most) {
        return most < 0 || most > MOST ? 0 : most;
    }

    public AskedExtras extras() {
        return new AskedExtras(images, documents, recordings, tools, tools.isEmpty() ? 1 : rounds, tier);
    }
}
