package dev.laneway.dialects;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One HTTP request to a vendor, ready to be sent. Its {@link #toString} shows neither headers nor body. */
public final class UpstreamCall {
    private final String url;
    private final Map<String, String> headers;
    private final byte[] body;
    private final List<String> notes;

    public UpstreamCall(String url, Map<String, String> headers, byte[] body, List<String> notes) {
        this.url = url;
        this.headers = Map.copyOf(headers);
        this.body = body;
        this.notes = List.copyOf(notes);
    }

    /** Always {@code POST}. */
    public String method() {
        return "POST";
    }

    /** Absolute: scheme, host, path and query. */
    public String url() {
        return url;
    }

    /** Names in lower case; the credentials are among them. */
    public Map<String, String> headers() {
        return headers;
    }

    /** Not copied: the caller must not change it. */
    public byte[] body() {
        return body;
    }

    /**
     * What the request lost or had changed on its way, one entry each, such as {@code dropped temperature: ...}. Names of
     * fields and reasons only, never their values. Empty when the bytes go through as they came.
     */
    public List<String> notes() {
        return notes;
    }

    /** The same, with more of what was changed. */
    UpstreamCall noting(List<String> more) {
        var all = new ArrayList<>(notes);
        all.addAll(more);
        return new UpstreamCall(url, headers, body, all);
    }

    @Override
    public String toString() {
        return "UpstreamCall[POST " + url + ", " + body.length + " bytes]";
    }
}
