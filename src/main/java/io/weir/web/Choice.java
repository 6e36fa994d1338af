package io.weir.web;

/** One of a few views, a click away. */
record Choice(String word, String href, boolean chosen) {}
