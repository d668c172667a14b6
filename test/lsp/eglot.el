;;; What a user of Emacs and eglot does; see real_client.py.  -*- lexical-binding: t -*-
(require 'eglot)
(require 'cl-lib)

(defconst patience 60)
(defvar since nil "When the wait for the next step began.")
(defvar steps nil "Lists of what is waited for, a function that tells, and a command.")

(defun fail (what)
  (unwind-protect
      (with-current-buffer (get-buffer-create "lock.c")
        (let ((found (mapcar #'flymake-diagnostic-text (flymake-diagnostics))))
          (with-temp-file (getenv "SAID")
            (insert (format "%s\n%S\n" what found))
            (dolist (name '("lock.c" "*Messages*"))
              (insert-buffer-substring (get-buffer-create name))
              (goto-char (point-max))))))
    (kill-emacs 1)))

(defun found (text)
  "Where diagnostics with the text begin."
  (mapcar #'flymake-diagnostic-beg
          (cl-remove-if-not (lambda (one) (string-match-p text (flymake-diagnostic-text one)))
                            (flymake-diagnostics))))

(defun place (text)
  (save-excursion
    (goto-char (point-min))
    (and (search-forward text nil t) (match-beginning 0))))

(defun both-p ()
  (and (equal (found "PushLock") (list (place "ExReleasePushLockExclusive")))
       (found "nused variable")))

(defun theirs-p ()
  (and (not (found "PushLock")) (found "nused variable")))

(defun change (text)
  (goto-char (place "ExRelease"))
  (re-search-forward "[A-Za-z]+")
  (replace-match text t))

(defun mend ()
  (goto-char (place "ExRelease"))
  (cl-letf (((symbol-function 'completing-read)
             (lambda (_ items &rest _)
               (or (cl-find "^Fix " (mapcar (lambda (one) (if (consp one) (car one) one)) items)
                            :test #'string-match-p)
                   (fail (format "no fix: %S" items))))))
    (eglot-code-actions (point) (+ 5 (point)) nil t)))

(defun begin ()
  (let ((command (alist-get 'ddi-lsp (json-parse-string (getenv "SERVERS")
                                                        :object-type 'alist
                                                        :array-type 'list))))
    (add-to-list 'eglot-server-programs (cons '(c-mode c++-mode c-ts-mode c++-ts-mode) command)))
  (find-file "lock.c")
  (eglot-ensure))

(setq eglot-connect-timeout patience
      eglot-confirm-server-initiated-edits nil
      make-backup-files nil
      create-lockfiles nil
      confirm-kill-processes nil
      steps
      `(("Emacs is there" (lambda () t) begin)
        ("clangd and ddi-check tell of one mistake each" both-p
         ,(lambda () (goto-char (place "  KeEnter")) (insert "\n")))
        ("it has moved" both-p ,(lambda () (change "ExReleasePushLockShared")))
        ("it is gone" theirs-p ,(lambda () (change "ExReleasePushLockExclusive")))
        ("it is back" both-p mend)
        ("the text is mended" ,(lambda () (place "ExReleasePushLockShared")) ignore)
        ("what is mended is gone" theirs-p
         ,(lambda () (save-buffer) (kill-buffer) (kill-emacs 0)))))

(defun next-step ()
  "As a command, behind which Emacs does what it does behind any."
  (interactive)
  (condition-case why
      (funcall (nth 2 (pop steps)))
    (error (fail (format "%S" why))))
  (setq since (float-time)))

(defun look ()
  (condition-case why
      (with-current-buffer (or (get-buffer "lock.c") (current-buffer))
        (cond ((not since))  ; a step is under way
              ((funcall (nth 1 (car steps)))
               (setq since nil)
               (push 'f20 unread-command-events))
              ((> (float-time) (+ since patience))
               (fail (concat "a minute, and not yet: " (caar steps))))))
    (error (fail (format "%S" why)))))

(global-set-key [f20] #'next-step)
(global-set-key [f19] #'ignore)
(setq since (float-time))
(run-with-timer 0.05 0.05 #'look)
;; Some things happen behind the next command, others when there is none for a while.
(run-with-timer 2 2 (lambda () (push 'f19 unread-command-events)))
