/* </script><script>document.title = "broken"</script> <!-- <script> */
/* An access that ‮} ;lamron skool⁦ and does not */
VOID Hostile(PINDEX Index) { /* <img src=x onerror="document.title = 'broken'"> */
  ExReleasePushLockShared(&Index->Lock); // [31m red? &lt; &amp; ​
}
