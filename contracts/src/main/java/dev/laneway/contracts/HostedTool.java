package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonValue;

/** Something that a vendor does for a call beside generating tokens, and bills by the use. */
public enum HostedTool {
    /** One search of the web. */
    WEB_SEARCH("web_search"),
    /** One search by OpenAI's older tool, {@code web_search_preview}, which has prices of its own. */
    WEB_SEARCH_PREVIEW("web_search_preview"),
    /** An answer for which the vendor searched the web, however often. */
    GROUNDED_ANSWER("grounded_answer"),
    /** An answer for which the vendor asked its maps. */
    MAPS_ANSWER("maps_answer"),
    /** One search in files that the vendor keeps. */
    FILE_SEARCH("file_search"),
    /** One container in which code ran. */
    CODE("code"),
    /** One image that another model made. */
    IMAGE("image"),
    /** An answer whose search brought a medium number of pages, where the fee of a call is that of few. */
    MEDIUM_SEARCH("medium_search"),
    /** The same of many pages. */
    LARGE_SEARCH("large_search"),
    /** What brings tokens into the prompt and has no price of its own: a page that is fetched, a tool of another server. */
    CONTENT("content"),
    /** A kind of which nothing is known. */
    OTHER("other");

    private final String id;

    HostedTool(String id) {
        this.id = id;
    }

    /** The word used in JSON. */
    @JsonValue
    public String id() {
        return id;
    }
}
