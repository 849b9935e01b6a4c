package dev.laneway.e2e;

/** Wire formats of real clients. */
enum Spoken {
    CHAT,
    MESSAGES,
    RESPONSES,
    GEMINI,
    OLLAMA
}
