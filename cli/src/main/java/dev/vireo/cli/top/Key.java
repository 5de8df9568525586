package dev.vireo.cli.top;

/** A key, whatever the terminal sends for it. */
enum Key {
    UP,
    DOWN,
    PAGE_UP,
    PAGE_DOWN,
    HOME,
    END,
    ENTER,
    ESCAPE,
    BACKSPACE,
    INTERRUPT,
    /** Any key that types a character. */
    CHARACTER,
    /** Any key that means nothing here. */
    OTHER
}
