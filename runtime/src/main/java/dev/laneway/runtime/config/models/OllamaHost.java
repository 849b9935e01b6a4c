package dev.laneway.runtime.config.models;

/** {@code OLLAMA_HOST} as Ollama's own tools read it: a bare host or {@code host:port}, and an address to listen at may stand for one to call. */
public final class OllamaHost {
    private static final String PORT = "11434";

    private OllamaHost() {}

    /** Completes the value when the variable is that one; other values stay as they are. */
    static String complete(String variable, String value) {
        return variable.equals("OLLAMA_HOST") ? url(value) : value;
    }

    /** An address to call, such as {@code http://127.0.0.1:11434}. */
    public static String url(String value) {
        String text = value.strip().replaceAll("/+$", "");
        int scheme = text.indexOf("://");
        String prefix = scheme < 0 ? "http://" : text.substring(0, scheme + 3);
        String host = scheme < 0 ? text : text.substring(scheme + 3);
        if (host.startsWith(":")) {
            host = "127.0.0.1" + host;
        }
        host = host.replaceFirst("^0\\.0\\.0\\.0(?=:|$)", "127.0.0.1").replaceFirst("^\\[::](?=:|$)", "[::1]");
        boolean hasPort = host.matches(".*:[0-9]+(/.*)?") && !host.endsWith("]");
        return scheme >= 0 || hasPort ? prefix + host : prefix + host + ":" + PORT;
    }
}
