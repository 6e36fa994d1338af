package io.weir.web;

/**
 * Where the navigation shows a page.
 *
 * @param icon the name of a drawing in {@code icon.jte}
 */
record Place(Section section, String icon) {
    /** The parts of the navigation, in their order. */
    enum Section {
        /** What calls do. */
        TRAFFIC("Traffic"),
        /** What Weir does. */
        SYSTEM("System");

        private final String title;

        Section(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }
}
