package dev.laneway.dialects.responses;

import org.jspecify.annotations.Nullable;

/**
 * Ids of responses and of their items. All of them tell the request that they come from, so that a stored one is found without an
 * index: {@code resp_X} and {@code msg_X_0} where the answer was translated, {@code msg_VENDORS~X} where the vendor made the item, so
 * that its own id can be given back to it; X is the request's id without its prefix.
 */
public final class ItemIds {
    private static final String RESPONSE = "resp_";
    private static final String REQUEST = "req_";
    private static final char MARK = '~';

    private ItemIds() {}

    /** The id of the response to a request. */
    public static String response(String requestId) {
        return RESPONSE + base(requestId);
    }

    /** The request that a response answers; null where the id is not of our making. */
    public static @Nullable String requestOfResponse(String responseId) {
        return responseId.startsWith(RESPONSE) && responseId.length() > RESPONSE.length()
                ? REQUEST + responseId.substring(RESPONSE.length())
                : null;
    }

    /** The request whose answer holds an item; null where the id is not of our making. */
    public static @Nullable String requestOfItem(String itemId) {
        var mark = itemId.lastIndexOf(MARK);
        if (mark >= 0) {
            return REQUEST + itemId.substring(mark + 1);
        }
        var first = itemId.indexOf('_');
        var last = itemId.lastIndexOf('_');
        return first > 0 && last > first ? REQUEST + itemId.substring(first + 1, last) : null;
    }

    static String item(String prefix, String requestId, int index) {
        return prefix + "_" + base(requestId) + "_" + index;
    }

    /** What is put behind a vendor's own id of an item. */
    static String mark(String requestId) {
        return MARK + base(requestId);
    }

    /** The vendor's own id of an item. */
    static String vendors(String itemId) {
        var mark = itemId.lastIndexOf(MARK);
        return mark < 0 ? itemId : itemId.substring(0, mark);
    }

    private static String base(String requestId) {
        return requestId.startsWith(REQUEST) ? requestId.substring(REQUEST.length()) : requestId;
    }
}
