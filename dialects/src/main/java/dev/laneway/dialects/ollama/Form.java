package dev.laneway.dialects.ollama;

import dev.laneway.contracts.Dialect;

/** The two endpoints, which differ in where a prompt and an answer's text stand. */
enum Form {
    CHAT(Dialect.OLLAMA_CHAT),
    GENERATE(Dialect.OLLAMA_GENERATE);

    private final Dialect dialect;

    Form(Dialect dialect) {
        this.dialect = dialect;
    }

    Dialect dialect() {
        return dialect;
    }
}
