package dev.vireo.cli.top;

/** What fills the screen. */
enum Page {
    LIST,
    MAP,
    DETAIL,
    HELP
}
