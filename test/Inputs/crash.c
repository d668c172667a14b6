/* Makes the parser itself crash, as a bug in it would. */
#pragma clang __debug crash
