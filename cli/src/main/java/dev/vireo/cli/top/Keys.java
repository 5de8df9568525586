package dev.vireo.cli.top;

/** What each key does. */
final class Keys {
    private final TopState state;
    private final TopScreen screen;

    Keys(TopState state, TopScreen screen) {
        this.state = state;
        this.screen = screen;
    }

    /** Does what a key means; returns false if it means the end. */
    boolean press(Key key, String text) {
        if (key == Key.INTERRUPT) {
            return false;
        }
        String prompt = state.prompt();
        if (prompt != null) {
            type(prompt, key, text);
            return true;
        }
        switch (key) {
            case UP -> state.move(-1);
            case DOWN -> state.move(1);
            case PAGE_UP -> state.move(-screen.pageStep());
            case PAGE_DOWN -> state.move(screen.pageStep());
            case HOME -> state.move(-Integer.MAX_VALUE);
            case END -> state.move(Integer.MAX_VALUE);
            case ENTER -> open();
            case ESCAPE, BACKSPACE -> state.back();
            case CHARACTER -> {
                return command(text);
            }
            default -> {}
        }
        return true;
    }

    private boolean command(String text) {
        switch (text) {
            case "q" -> {
                return false;
            }
            case "j" -> state.move(1);
            case "k" -> state.move(-1);
            case "s" ->
                state.choose(state.settings().withSort(state.settings().sort().next()));
            case "/" -> state.type("");
            case "p", " " -> state.pause();
            case "d" -> state.nextDenominator();
            case "m" -> state.toggle(Page.MAP);
            case "?", "h" -> state.toggle(Page.HELP);
            default -> {}
        }
        return true;
    }

    private void open() {
        if (state.page() == Page.LIST || state.page() == Page.MAP) {
            state.detail();
        } else {
            state.back();
        }
    }

    private void type(String prompt, Key key, String text) {
        switch (key) {
            case ENTER -> {
                state.type(null);
                state.choose(state.settings().withFilter(prompt));
            }
            case ESCAPE -> state.type(null);
            case BACKSPACE ->
                state.type(
                        prompt.isEmpty()
                                ? prompt
                                : prompt.substring(0, prompt.offsetByCodePoints(prompt.length(), -1)));
            case CHARACTER -> state.type(prompt + text);
            default -> {}
        }
    }
}
