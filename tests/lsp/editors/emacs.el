;;; emacs.el --- diagnostics of unsaved text reach flymake, and a fix is applied  -*- lexical-binding: t -*-

;;; Commentary:

;; Emacs 28 with eglot: `emacs --batch -l emacs.el'.  FILE holds a socket that leaks, BLOCK is the
;; block for `init.el' that the documentation has.

;;; Code:

(package-initialize)
(require 'eglot)
(require 'flymake)

;; Of Rust's mode only the name matters here.
(define-derived-mode rust-mode prog-mode "Rust")
(add-to-list 'auto-mode-alist '("\\.rs\\'" . rust-mode))
(load (getenv "BLOCK") nil t)
(setq eglot-sync-connect t
      eglot-autoshutdown nil
      eglot-send-changes-idle-time 0.05
      flymake-no-changes-timeout 0.05)

(defun fail (format &rest arguments)
  "Say what is wrong, as FORMAT and ARGUMENTS have it, and end."
  (message "emacs: %s" (apply #'format format arguments))
  (kill-emacs 1))

(defun await (what condition)
  "Wait until CONDITION holds; WHAT names it."
  (let ((deadline (+ (float-time) 30)) value)
    (while (not (setq value (funcall condition)))
      (when (> (float-time) deadline)
        (fail "%s did not come" what))
      (accept-process-output nil 0.05))
    value))

(find-file (getenv "FILE"))
;; In batch mode the project is the file's folder's unless it is told.
(setq-local project-find-functions
            (list (lambda (_) (cons 'transient (getenv "ROOT")))))
(apply #'eglot--connect (eglot--guess-contact))
(await "the connection" #'eglot-managed-p)
(flymake-mode 1)
(flymake-start)

(defun shown ()
  "The diagnostics that flymake shows."
  (flymake-diagnostics))

(let* ((found (car (await "the finding" #'shown)))
       (line (save-excursion
               (goto-char (flymake-diagnostic-beg found))
               (buffer-substring (line-beginning-position) (line-end-position)))))
  (unless (string-match-p "= socket(" line)
    (fail "the finding is shown at: %s" line))
  (unless (string-match-p "never closed" (flymake-diagnostic-text found))
    (fail "the finding says: %s" (flymake-diagnostic-text found))))

;; The leak is mended, and not saved.
(goto-char (point-min))
(search-forward "bind(s")
(forward-line 1)
(insert "            if closesocket(s) != 0 { return None; }\n")
(eglot--signal-textDocument/didChange)
(await "the end of the finding" (lambda () (null (shown))))
(undo-boundary)
(goto-char (point-min))
(search-forward "            if closesocket(s) != 0 { return None; }\n")
(replace-match "")
(eglot--signal-textDocument/didChange)
(await "the finding again" #'shown)
;; A fix that is older than the text is refused.
(goto-char (flymake-diagnostic-beg (car (shown))))
(let ((old (cl-find-if (lambda (action) (plist-get action :isPreferred))
                       (eglot-code-actions (point) (point) "quickfix")))
      (text (progn (goto-char (point-min)) (insert "// moved\n") (buffer-string))))
  (unless old (fail "the fix is not offered"))
  (eglot--signal-textDocument/didChange)
  (condition-case nil
      (progn (eglot--apply-workspace-edit (plist-get old :edit))
             (fail "an old fix is applied"))
    (jsonrpc-error nil))
  (unless (equal text (buffer-string)) (fail "an old fix changed the text")))
(await "the finding where it moved"
       (lambda ()
         (let ((found (shown)))
           (and found
                (goto-char (flymake-diagnostic-beg (car found)))
                (looking-at-p "socket(")))))

;; The default of what is offered is the fix.
(cl-letf (((symbol-function 'completing-read)
           (lambda (_prompt _offered &optional _predicate _match _initial _history default) default))
          ;; As if a key was pressed, and not a menu.
          (last-nonmenu-event t))
  (eglot-code-actions (point) (point) "quickfix" t))
(goto-char (point-min))
(unless (re-search-forward "bind(s.*\n *closesocket(s);\n *return None;" nil t)
  (fail "the fix made: %s" (buffer-string)))
(eglot--signal-textDocument/didChange)
(await "the end of the mended finding"
       (lambda ()
         (let ((found (shown)))
           ;; What is at pedantic finds fault with the close that is not looked at.
           (and found (not (string-match-p "never closed" (flymake-diagnostic-text (car found))))))))
(set-buffer-modified-p nil)
(eglot-shutdown (eglot-current-server))
(message "emacs: flymake shows unclosed_socket in unsaved text, and a code action mends it")
(kill-emacs 0)
;;; emacs.el ends here
