package io.strongroom.console.desk;

/** The groups of the navigation, from the top. */
public enum Group {
    WORK,
    EVIDENCE,
    POLICY,
    FLEET,
    ADMINISTRATION
}
