package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a part of a {@link Charge} is asked for. */
public enum ChargePart {
    /** Tokens of a prompt that are none of the special ones. */
    INPUT("input"),
    CACHED_INPUT("cached_input"),
    CACHE_WRITE("cache_write"),
    /** What is written to be kept for an hour. */
    CACHE_WRITE_HOUR("cache_write_hour"),
    AUDIO_INPUT("audio_input"),
    CACHED_AUDIO("cached_audio"),
    /** Generated tokens that are none of the special ones. */
    OUTPUT("output"),
    REASONING("reasoning"),
    AUDIO_OUTPUT("audio_output"),
    IMAGE_OUTPUT("image_output"),
    /** The call itself. */
    CALL("call"),
    WEB_SEARCH(HostedTool.WEB_SEARCH),
    WEB_SEARCH_PREVIEW(HostedTool.WEB_SEARCH_PREVIEW),
    GROUNDED_ANSWER(HostedTool.GROUNDED_ANSWER),
    MAPS_ANSWER(HostedTool.MAPS_ANSWER),
    FILE_SEARCH(HostedTool.FILE_SEARCH),
    CODE(HostedTool.CODE),
    IMAGE(HostedTool.IMAGE),
    MEDIUM_SEARCH(HostedTool.MEDIUM_SEARCH),
    LARGE_SEARCH(HostedTool.LARGE_SEARCH),
    CONTENT(HostedTool.CONTENT),
    OTHER(HostedTool.OTHER);

    private final String id;
    private final @Nullable HostedTool tool;

    ChargePart(String id) {
        this.id = id;
        this.tool = null;
    }

    ChargePart(HostedTool tool) {
        this.id = tool.id();
        this.tool = tool;
    }

    /** The word used in JSON: a tool's is the tool's own. */
    @JsonValue
    public String id() {
        return id;
    }

    /** Of uses of one of the vendor's own tools. */
    public static ChargePart of(HostedTool tool) {
        Objects.requireNonNull(tool, "tool");
        for (ChargePart part : values()) {
            if (part.tool == tool) {
                return part;
            }
        }
        throw new IllegalStateException("no part of a charge is for " + tool);
    }
}
