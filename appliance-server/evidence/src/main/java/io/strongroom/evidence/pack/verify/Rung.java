package io.strongroom.evidence.pack.verify;

/** The rungs of a pack's ladder, from the bottom; each needs the one before. */
public enum Rung {
    /** All files are there, and none besides. */
    COMPLETE,
    /** All digests match. */
    INTACT,
    /** The manifest is signed by a trusted pack key, with Ed25519 and with ML-DSA-44. */
    SIGNED,
    /** Each record matches its entry, each entry its leaf, the leaves the checkpoint, and a trusted log signed that. */
    RECORDED
}
