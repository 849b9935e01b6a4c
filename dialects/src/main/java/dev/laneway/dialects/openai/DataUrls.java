package dev.laneway.dialects.openai;

import dev.laneway.dialects.neutral.MediaSource;

/** {@code data:MEDIA/TYPE;base64,DATA} (RFC 2397), in which Chat Completions carries inline media. */
public final class DataUrls {
    private DataUrls() {}

    public static MediaSource source(String url) {
        var comma = url.indexOf(',');
        if (!url.regionMatches(true, 0, "data:", 0, 5) || comma < 0) {
            return new MediaSource.Url(url);
        }
        var head = url.substring(5, comma);
        if (!head.endsWith(";base64")) {
            return new MediaSource.Url(url);
        }
        var type = head.substring(0, head.indexOf(';'));
        return new MediaSource.Base64(type.isEmpty() ? "text/plain" : type, url.substring(comma + 1));
    }

    public static String url(MediaSource.Base64 source) {
        return "data:" + source.mediaType() + ";base64," + source.data();
    }
}
